#!lua flags=allow-oom
-- Forgets what a key of the tenant's memory holds.
-- KEYS     1 the shard's base key
-- ARGV     tenant, key
-- returns  {1} or {0} when there is nothing or it has expired
-- derives  memory:T, memory_facts:T, memory_keys:T, memory_expiry:T, memory_bytes:T, memory_due
-- memory   runs when Redis is full; sent twice it says 0 the second time
-- @part facts forget
local tenant, key = arg(), arg()
local found = facts_of(tenant, key) and 1 or 0
if redis.call('HEXISTS', @{memory_facts} .. tenant, key) == 1 then
  forget(tenant, {key})
end
return {found}
