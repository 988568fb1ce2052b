#!lua flags=allow-oom
-- The tenants, newest first.
-- KEYS     1 the shard's base key
-- ARGV     only below this number or '', limit
-- returns  {number the next page is below or '', {tenant, number of its creation}, ...}
-- derives  known_tenants
-- memory   runs when Redis is full; sent twice it says the same
-- @part newest default_tenant
local below, limit = arg(), tonumber(arg())
local found, next = newest(@{known_tenants}, below, limit)
return {next, unpack(found)}
