-- Requests for a person's approval: reads those that a task is suspended with, and writes them. Each is a hash of its own; a
-- task's hash names all that it ever made, in order, and counts those that are pending.
local function read_requests()
  local requests = {}
  for i = 1, tonumber(arg()) do
    requests[i] = {id = arg(), step = arg(), tool = arg(), effects = arg(), arguments = arg(), expiry = tonumber(arg())}
  end
  return requests
end
local function note_requests(requests, changes, id, tenant, asked)
  local names = asked or ''
  for _, r in ipairs(requests) do
    local number = redis.call('HINCRBY', @{counts} .. tenant, 'asked', 1)
    redis.call('HSET', @{approval} .. r.id, 'task', id, 'tenant', tenant, 'step', r.step, 'tool', r.tool, 'effects', r.effects,
      'arguments', r.arguments, 'requested', now, 'expires', now + r.expiry, 'revision', 1, 'state', 'pending', 'number', number)
    redis.call('ZADD', @{approvals} .. tenant, number, r.id)
    redis.call('ZADD', @{pending} .. tenant, number, r.id)
    redis.call('ZADD', @{approval_due}, now + r.expiry, r.id)
    emit(id, 'approval.requested', r.step)
    publish('approval.requested', id, tenant, r.step)
    names = names .. ' ' .. r.id
  end
  if #requests > 0 then
    note(changes, 'asked', names)
    note(changes, 'pending', #requests)
  end
end
