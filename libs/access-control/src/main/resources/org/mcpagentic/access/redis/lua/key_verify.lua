#!lua flags=allow-oom
-- What is known of an API key. Notes, at most once a minute, that it was used, where the secret is right; whether it is, the caller
-- decides for itself.
-- KEYS     1 the shard's base key
-- ARGV     id, hash of the secret that was shown
-- returns  {now in microseconds, fields of the key} or {} where there is none
-- derives  api_key:ID
-- memory   runs when Redis is full; sent twice it notes the use once
local id, shown = arg(), arg()
local key = @{api_key} .. id
local fields = redis.call('HGETALL', key)
if #fields == 0 then
  return {}
end
local known = {}
for i = 1, #fields, 2 do
  known[fields[i]] = fields[i + 1]
end
local expires = tonumber(known.expires)
local right = shown == known.hash or (shown == known.old and now < tonumber(known.old_until))
if right and known.revoked == '0' and (expires == 0 or now < expires) and now - tonumber(known.used or '0') >= 60000000 then
  redis.call('HSET', key, 'used', string.format('%.0f', now))
end
return {string.format('%.0f', now), fields}
