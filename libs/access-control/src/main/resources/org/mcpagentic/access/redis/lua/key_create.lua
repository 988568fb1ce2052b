#!lua
-- Makes an API key, unless its id is taken.
-- KEYS     1 the shard's base key
-- ARGV     id, tenant, name, scopes, limits (JSON), who makes it, microsecond at which it ends or 0, hash of the secret
-- returns  {'known', fields of the key that now has the id, 1 where it was made now} | {'full'}
-- derives  shard, api_key:ID, api_keys:T
-- memory   refused at the watermark and when Redis is full; sent twice it says the second time that the key was there
-- @part newest
local id, tenant, name, scopes, limits, by, expires, hash = arg(), arg(), arg(), arg(), arg(), arg(), arg(), arg()
local key = @{api_key} .. id
local fresh = 1 - redis.call('EXISTS', key)
if fresh == 1 then
  if redis.call('HGET', @{shard}, 'full') == '1' then
    return {'full'}
  end
  redis.call('HSET', key, 'tenant', tenant, 'name', name, 'scopes', scopes, 'limits', limits,
    'created', string.format('%.0f', now), 'by', by, 'expires', expires, 'revoked', 0, 'hash', hash)
  append(@{api_keys} .. tenant, id)
end
return {'known', redis.call('HGETALL', key), fresh}
