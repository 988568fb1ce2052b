#!lua
-- Makes a link good for one sign-in, unless it is known.
-- KEYS     1 the shard's base key
-- ARGV     link id, hash of its secret, id of the API key, life in microseconds, milliseconds for which it is remembered
-- returns  {1} | {0} where it is known, used or not
-- derives  sign_in_link:ID
-- memory   refused when Redis is full; sent twice it is made good once
local id, hash, key, life, remembered = arg(), arg(), arg(), tonumber(arg()), arg()
local link = @{sign_in_link} .. id
local known = redis.call('EXISTS', link) == 1
if not known then
  redis.call('HSET', link, 'hash', hash, 'key', key, 'ends', string.format('%.0f', now + life))
end
redis.call('PEXPIRE', link, remembered)
return {known and 0 or 1}
