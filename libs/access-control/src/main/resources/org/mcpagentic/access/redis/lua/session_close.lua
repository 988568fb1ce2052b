#!lua flags=allow-oom
-- Ends a session.
-- KEYS     1 the shard's base key
-- ARGV     session id, hash of the secret
-- returns  {1} | {0} where there was none
-- derives  sign_in:ID, sign_ins:T:O
-- memory   runs when Redis is full; sent twice it returns {0}
-- @part session_end
local id, hash = arg(), arg()
local known = redis.call('HMGET', @{sign_in} .. id, 'hash', 'tenant', 'owner')
if not known[1] or known[1] ~= hash then
  return {0}
end
end_session(known[2], known[3], id)
return {1}
