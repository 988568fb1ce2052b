#!lua
-- Gives fields of an API key other values, unless it is revoked.
-- KEYS     1 the shard's base key
-- ARGV     id, then names and values
-- returns  fields of the key, {} where there is none or it is revoked
-- derives  api_key:ID
-- memory   refused when Redis is full; sent twice it writes the same
local key = @{api_key} .. arg()
if redis.call('HGET', key, 'revoked') ~= '0' then
  return {}
end
if #ARGV > 1 then
  redis.call('HSET', key, unpack(ARGV, 2))
end
return redis.call('HGETALL', key)
