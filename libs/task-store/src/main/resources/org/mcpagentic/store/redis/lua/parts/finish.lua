-- Books a task's end: gauges, counters (only what was queued counts as processed), the order of ends, events, places held.
local function finish(id, tenant, from, to, attempt, queued, timeout)
  move(tenant, from, to)
  if queued then
    measure(@{counts} .. tenant, to, now - queued)
  else
    add(@{counts} .. tenant, 'unrun', 1)
  end
  free_slots(id, redis.call('HGET', @{task} .. id, 'slots'))
  if timeout then
    redis.call('ZREM', @{timeouts}, id)
  end
  redis.call('ZADD', @{done} .. tenant, now, id)
  emit(id, 'task.' .. to, attempt)
  ended[id] = true
  publish('task.' .. to, id, tenant, attempt)
end
