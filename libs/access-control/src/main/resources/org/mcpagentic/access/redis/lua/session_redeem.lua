#!lua flags=allow-oom
-- Uses a link up, and begins the session that it is good for.
-- KEYS     1 the shard's base key
-- ARGV     link id, hash of its secret, session id, hash of the session's secret, user agent, idle time, longest time, most sessions of an owner
-- returns  {tenant, owner, scopes, limits, microsecond at which it ends} | {} where the link is not good, or its key is not
-- derives  sign_in_link:ID, sign_in:ID, sign_ins:T:O, api_key:ID
-- memory   runs when Redis is full: people have to see what fills it; sent twice it begins one session
-- @part session_standing session_end session_begin
local id, hash = arg(), arg()
local s = {id = arg(), hash = arg(), agent = arg(), idle = tonumber(arg()), absolute = tonumber(arg()), most = tonumber(arg()),
  scopes = '', limits = '', cap = 0}
local link = redis.call('HMGET', @{sign_in_link} .. id, 'hash', 'key', 'ends', 'session')
if not link[1] or link[1] ~= hash then
  return {}
end
if link[4] then
  return link[4] == s.id and standing(s.id) or {}
end
local tenant = redis.call('HGET', @{api_key} .. link[2], 'tenant')
if tonumber(link[3]) <= now or not tenant or not key_of(link[2], tenant) then
  return {}
end
s.tenant, s.owner, s.key = tenant, link[2], link[2]
redis.call('HSET', @{sign_in_link} .. id, 'session', s.id)
begin_session(s)
return standing(s.id) or {}
