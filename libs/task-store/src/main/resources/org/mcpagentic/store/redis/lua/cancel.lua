#!lua flags=allow-oom
-- Asks for a task's end.
-- KEYS     1 the shard's base key
-- ARGV     audited (1|0), id, tenant, who asks
-- returns  {'ok', status} | {'unknown'}; a final task keeps its status
-- derives  task:ID, counts:T, due, timeouts, done:T, cancels:W, events:ID, outbox, live, work, guard:N, audit, shard, approval:ID, pending:T,
--          approval_due
-- memory   runs when Redis is full; sent twice it returns the status
-- @part events outbox counts move measure slots finish decided audit
-- @transition cancel
local audited, id, tenant, by = arg() == '1', arg(), arg(), arg()
local task = @{task} .. id
local known = redis.call('HMGET', task, 'state', 'tenant', 'worker', 'attempt', 'queued', 'timeout', 'asked', 'pending')
local state, worker, attempt, queued, timeout = known[1], known[3], known[4], tonumber(known[5]), known[6]
if not state or known[2] ~= tenant then
  return {'unknown'}
end
local to = cancel[state]
if not to then
  return {'ok', state}
end

redis.call('HSET', task, 'state', to)
if to == 'cancelling' then
  move(tenant, state, to)
  redis.call('SADD', @{cancels} .. worker, id)
  emit(id, 'task.cancelling', attempt)
  redis.call('PUBLISH', @{work}, worker)
else
  -- why: its place in the ready list stays; a claim skips what is not queued
  redis.call('HSET', task, 'finished', now)
  redis.call('HDEL', task, 'error', 'due')
  redis.call('ZREM', @{due}, id)
  withdraw(id, known[7], known[8])
  finish(id, tenant, state, to, attempt, queued, timeout)
end
write_counts()
write_events()
if audited then
  audit(tenant, by, 'task.cancel', id, '')
end
return {'ok', to}
