#!lua flags=allow-oom
-- Begins the session of a browser for an API key or a person.
-- KEYS     1 the shard's base key
-- ARGV     session id, hash of its secret, tenant, owner, id of the API key or '' for a person, scopes and limits of a person, latest end in
--          microseconds or 0, user agent, idle time, longest time, most sessions of an owner
-- returns  {tenant, owner, scopes, limits, microsecond at which it ends} | {} where the key is not good, or the end is over
-- derives  sign_in:ID, sign_ins:T:O, api_key:ID
-- memory   runs when Redis is full: people have to see what fills it; sent twice it begins one session
-- @part session_standing session_end session_begin
local s = {id = arg(), hash = arg(), tenant = arg(), owner = arg(), key = arg(), scopes = arg(), limits = arg(), cap = tonumber(arg()),
  agent = arg(), idle = tonumber(arg()), absolute = tonumber(arg()), most = tonumber(arg())}
if redis.call('EXISTS', @{sign_in} .. s.id) == 0 then
  if (s.key ~= '' and not key_of(s.key, s.tenant)) or (s.cap ~= 0 and s.cap <= now) then
    return {}
  end
  begin_session(s)
end
return standing(s.id) or {}
