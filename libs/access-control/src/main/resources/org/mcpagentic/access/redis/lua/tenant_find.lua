#!lua flags=allow-oom
-- Whether there is a tenant.
-- KEYS     1 the shard's base key
-- ARGV     tenant
-- returns  {number of its creation} or {}
-- derives  known_tenants
-- memory   runs when Redis is full; sent twice it says the same
-- @part default_tenant
local number = redis.call('ZSCORE', @{known_tenants}, arg())
return number and {string.format('%.0f', number)} or {}
