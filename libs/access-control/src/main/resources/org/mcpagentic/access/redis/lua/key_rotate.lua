#!lua flags=allow-oom
-- Gives an API key another secret, unless it is revoked; the one before stays valid for a while. Without a while whoever signed in with
-- it is signed out.
-- KEYS     1 the shard's base key
-- ARGV     id, hash of the new secret, microseconds for which the old one stays valid
-- returns  fields of the key, {} where there is none or it is revoked
-- derives  api_key:ID, sign_in:ID, sign_ins:T:O
-- memory   runs when Redis is full; sent twice it changes nothing the second time
-- @part session_end
local id, hash, grace = arg(), arg(), tonumber(arg())
local key = @{api_key} .. id
local known = redis.call('HMGET', key, 'revoked', 'hash', 'old', 'tenant')
if known[1] ~= '0' then
  return {}
end
if known[2] ~= hash and known[3] ~= hash then
  redis.call('HSET', key, 'hash', hash)
  if grace > 0 then
    redis.call('HSET', key, 'old', known[2], 'old_until', string.format('%.0f', now + grace))
  else
    redis.call('HDEL', key, 'old', 'old_until')
    for _, session in ipairs(redis.call('ZRANGE', @{sign_ins} .. known[4] .. ':' .. id, 0, -1)) do
      end_session(known[4], id, session)
    end
  end
end
return redis.call('HGETALL', key)
