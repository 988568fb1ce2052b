#!lua
-- Makes a tenant, unless it is there.
-- KEYS     1 the shard's base key
-- ARGV     tenant
-- returns  {'known', number of its creation, 1 where it was made now} | {'full'}
-- derives  shard, known_tenants
-- memory   refused at the watermark and when Redis is full; sent twice it says the second time that the tenant was there
-- @part newest default_tenant
local tenant = arg()
local number = redis.call('ZSCORE', @{known_tenants}, tenant)
local fresh = number and 0 or 1
if not number then
  if redis.call('HGET', @{shard}, 'full') == '1' then
    return {'full'}
  end
  append(@{known_tenants}, tenant)
  number = redis.call('ZSCORE', @{known_tenants}, tenant)
end
return {'known', string.format('%.0f', number), fresh}
