#!lua
-- Queues a created task.
-- KEYS     1 the shard's base key
-- ARGV     id, tenant, guards
-- returns  {'ok', status} | {'unknown'} | {'refused', kind of guard, microseconds}; a task that was run before keeps its status
-- derives  task:ID, counts:T, due, timeouts, events:ID, ready:L:T, ring:L, live, work, guard:N
-- memory   refused when Redis is full; sent twice it returns the status
-- @part events counts move ready deadline guards
-- @transition enqueue
local id, tenant = arg(), arg()
local guards = read_guards()
local task = @{task} .. id
local known = redis.call('HMGET', task, 'state', 'tenant', 'lane', 'timeout')
local state, lane, timeout = known[1], known[3], tonumber(known[4] or 0)
if not state or known[2] ~= tenant then
  return {'unknown'}
end
local to = enqueue[state]
if not to then
  return {'ok', state}
end
local guard, wait = refused_by(guards)
if guard then
  return {'refused', guard, wait}
end

local _, _, slots = charge(guards, id)
redis.call('HSET', task, 'slots', slots, 'state', to, 'queued', now, unpack(deadline(id, timeout)))
redis.call('ZREM', @{due}, id)
move(tenant, state, to)
emit(id, 'task.queued', 0)
make_ready(id, tenant, lane)
write_counts()
write_events()
return {'ok', to}
