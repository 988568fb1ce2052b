-- Keeps the tenant's gauges of tasks by status.
local function move(tenant, from, to)
  redis.call('HINCRBY', @{counts} .. tenant, 's:' .. from, -1)
  redis.call('HINCRBY', @{counts} .. tenant, 's:' .. to, 1)
end
