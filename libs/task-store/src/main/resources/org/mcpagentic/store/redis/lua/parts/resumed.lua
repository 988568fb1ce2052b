-- A task that waited for a person goes back to its lane's front; the time that it waited is none of its own.
local function resumed(id, tenant, state, lane, attempt, suspended, paused)
  local task = @{task} .. id
  redis.call('HSET', task, 'state', resume[state],
    'paused', tonumber(paused or 0) + math.max(now - tonumber(suspended or now), 0))
  redis.call('HDEL', task, 'error', 'suspended')
  move(tenant, state, resume[state])
  emit(id, 'task.queued', attempt)
  make_ready(id, tenant, lane, true)
end
