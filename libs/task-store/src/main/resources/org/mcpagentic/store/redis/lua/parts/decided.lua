-- Requests for a person's approval that are pending no longer, for whatever reason.
local function pending_request(id)
  local known = redis.call('HMGET', @{approval} .. id, 'state', 'task', 'tenant', 'step', 'requested', 'revision', 'expires')
  if known[1] ~= 'pending' then
    return nil
  end
  return {id = id, task = known[2], tenant = known[3], step = known[4], requested = tonumber(known[5]),
    revision = tonumber(known[6]), expires = tonumber(known[7])}
end
local function close(request, to)
  redis.call('HSET', @{approval} .. request.id, 'state', to, 'decided', now, 'revision', request.revision + 1)
  redis.call('ZREM', @{pending} .. request.tenant, request.id)
  redis.call('ZREM', @{approval_due}, request.id)
  local counts = @{counts} .. request.tenant
  add(counts, 'a:' .. to, 1)
  add(counts, 'a:time', math.max(now - request.requested, 0))
  emit(request.task, 'approval.decided', request.step)
  publish('approval.decided', request.task, request.tenant, request.step)
end
-- A task that ends waits for nobody.
local function withdraw(id, asked, pending)
  if tonumber(pending or 0) > 0 then
    for name in string.gmatch(asked, '%S+') do
      local request = pending_request(name)
      if request then
        close(request, 'withdrawn')
      end
    end
    redis.call('HSET', @{task} .. id, 'pending', 0)
  end
end
