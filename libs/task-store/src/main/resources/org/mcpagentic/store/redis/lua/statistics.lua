#!lua flags=no-writes,allow-oom
-- One tenant's figures.
-- KEYS     1 the shard's base key
-- ARGV     work (tasks|questions), tenant
-- returns  {fields of the counters, sessions active in 30 minutes, microseconds that the oldest queued task waits}
-- derives  counts:T, asks:T, sessions:T, ready:L:T, task:ID
-- memory   reads only
-- @part oldest
local work, tenant = arg(), arg()
local counts = (work == 'tasks' and @{counts} or @{asks}) .. tenant
return {redis.call('HGETALL', counts), redis.call('ZCOUNT', @{sessions} .. tenant, now - 1800000000, '+inf'),
  work == 'tasks' and oldest_wait(tenant) or 0}
