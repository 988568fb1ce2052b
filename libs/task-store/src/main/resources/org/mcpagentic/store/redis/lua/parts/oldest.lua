-- Microseconds that the tenant's oldest queued task waits, 0 where none does; skips what was cancelled in its place.
local function oldest_wait(tenant)
  local wait = 0
  for _, lane in ipairs({'high', 'normal', 'low'}) do
    for _, id in ipairs(redis.call('LRANGE', @{ready} .. lane .. ':' .. tenant, 0, 15)) do
      local task = redis.call('HMGET', @{task} .. id, 'state', 'queued')
      if task[1] == 'queued' then
        wait = math.max(wait, now - tonumber(task[2]))
        break
      end
    end
  end
  return wait
end
