#!lua flags=no-writes,allow-oom
-- What a key of the tenant's memory holds.
-- KEYS     1 the shard's base key
-- ARGV     tenant, key
-- returns  {key, facts, value envelope} or {} when there is nothing or it has expired
-- derives  memory:T, memory_facts:T
-- memory   reads only
-- @part facts
local tenant, key = arg(), arg()
local facts = facts_of(tenant, key)
if not facts then
  return {}
end
return {key, facts.text, redis.call('HGET', @{memory} .. tenant, key)}
