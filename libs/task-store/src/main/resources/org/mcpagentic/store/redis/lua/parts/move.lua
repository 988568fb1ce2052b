-- Keeps the tenant's gauges of tasks by status.
local function move(tenant, from, to)
  local counts = @{counts} .. tenant
  add(counts, 's:' .. from, -1)
  add(counts, 's:' .. to, 1)
end
