#!lua flags=allow-oom
-- A worker lets go of its task: journals the last outcomes and moves it on.
-- KEYS     1 the shard's base key
-- ARGV     id, claim token, transition, result envelope or '', error JSON or '', delay in microseconds, batch (as in
--          advance.lua; its intents are empty), settlements, requests for approval where it is suspended (id, step, tool, its side
--          effects, envelope of the arguments, microseconds until it expires)
-- returns  {'ok', status} | {'stale'} | {'illegal', status}
-- derives  task:ID, journal:ID, counts:T, due, timeouts, done:T, held:W, deadlines, cancels:W, ready:L:T, ring:L, guard:N, events:ID, outbox,
--          live, work, approval:ID, approvals:T, pending:T, approval_due
-- memory   runs when Redis is full; sent twice it returns the first outcome
-- @part events outbox counts move measure slots finish ready hold journal settle requests
-- @final
-- @transition succeed fail retry_later suspend release confirm_cancel
local id, token, transition, result, failure, delay = arg(), arg(), arg(), arg(), arg(), tonumber(arg())
local batch = read_batch()
local settlements = read_settlements()
local requests = read_requests()
local rows = {succeed = succeed, fail = fail, retry_later = retry_later, suspend = suspend, release = release,
  confirm_cancel = confirm_cancel}
local task = @{task} .. id
local known = redis.call('HMGET', task, 'claim', 'state', 'tenant', 'attempt', 'worker', 'lane', 'queued', 'ended',
  'timeout', 'used', 'journal', 'asked')
local state, tenant, attempt, worker, lane, queued = known[2], known[3], known[4], known[5], known[6], tonumber(known[7])
local ended_by, ended_as = string.match(known[8] or '', '^(%S+) (%a+)$')
if ended_by == token then
  return {'ok', ended_as}
end
if known[1] ~= token then
  return {'stale'}
end
local to = rows[transition][state]
if not to then
  return {'illegal', state}
end

local entries, changes = {}, {'state', to, 'ended', token .. ' ' .. to, 'claim', '', 'worker', ''}
note_outcomes(entries, changes, id, tenant, batch, known[10], known[11])
settle(settlements)
let_go(id, worker, state)
if final[to] then
  note(changes, 'finished', now)
  if to == 'succeeded' then note(changes, 'result', result) end
  if to == 'failed' then note(changes, 'error', failure) end
  finish(id, tenant, state, to, attempt, queued, known[9])
else
  move(tenant, state, to)
  if to == 'waiting' then
    note_requests(requests, changes, id, tenant, known[12])
  end
  emit(id, 'task.' .. to, attempt)
  if to == 'queued' then
    make_ready(id, tenant, lane, true)
  else
    note(changes, 'error', failure)
  end
  if to == 'waiting' then
    note(changes, 'suspended', now)
  elseif to == 'retrying' then
    note(changes, 'due', now + delay)
    redis.call('ZADD', @{due}, now + delay, id)
  end
end
redis.call('HSET', task, unpack(changes))
write_journal(id, entries)
write_counts()
write_events()
return {'ok', to}
