#!lua flags=allow-oom
-- Ends an API key for good.
-- KEYS     1 the shard's base key
-- ARGV     id
-- returns  fields of the key, {} where there is none
-- derives  api_key:ID
-- memory   runs when Redis is full; sent twice it keeps the first time
local key = @{api_key} .. arg()
if redis.call('HGET', key, 'revoked') == '0' then
  redis.call('HSET', key, 'revoked', string.format('%.0f', now))
  redis.call('HDEL', key, 'old', 'old_until')
end
return redis.call('HGETALL', key)
