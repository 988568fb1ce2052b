-- Books a task's end: gauges, counters (only what was queued counts as processed), events.
local function finish(id, tenant, from, to, attempt, queued)
  move(tenant, from, to)
  if queued then
    measure(@{counts} .. tenant, to, now - queued)
  end
  emit(id, 'task.' .. to, attempt)
  publish('task.' .. to, id, tenant, attempt)
end
