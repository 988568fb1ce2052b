#!lua flags=allow-oom
-- A person decides what came of a step that was begun and whose outcome nobody knows; the task goes back to the queue.
-- KEYS     1 the shard's base key
-- ARGV     audited (1|0), id, tenant, who decides, step, nonce, most bytes of a journal, outcome envelope or '' to take the step again, its tool
-- returns  {'ok', status} | {'unknown'} | {'illegal', status} (also where it waits for approvals) | {'settled'} (the step is not open) | {'journal_full'}
-- derives  task:ID, journal:ID, counts:T, events:ID, outbox, ready:L:T, ring:L, live, work, audit, shard
-- memory   runs when Redis is full; sent twice with one nonce it returns the status
-- @transition resume
-- @part events outbox counts move ready resumed journal audit
local audited, id, tenant, by = arg() == '1', arg(), arg(), arg()
local step, nonce, most_bytes, outcome, tool = arg(), arg(), tonumber(arg()), arg(), arg()
local task, journal = @{task} .. id, @{journal} .. id
local known = redis.call('HMGET', task, 'state', 'tenant', 'lane', 'attempt', 'resolved', 'journal', 'suspended', 'paused', 'pending')
local state, lane, attempt = known[1], known[3], known[4]
if not state or known[2] ~= tenant then
  return {'unknown'}
end
if known[5] == nonce then
  return {'ok', state}
end
local to = resume[state]
if not to or tonumber(known[9] or 0) > 0 then
  return {'illegal', state}
end
if redis.call('HEXISTS', journal, 'i' .. step) == 0 or redis.call('HEXISTS', journal, 'o' .. step) == 1 then
  return {'settled'}
end
if tonumber(known[6] or 0) + #outcome > most_bytes then
  return {'journal_full'}
end

local changes = {'resolved', nonce}
if outcome == '' then
  redis.call('HDEL', journal, 'i' .. step)
else
  local entries = {}
  note_outcomes(entries, changes, id, tenant, {outcomes = {{step = step, payload = outcome, tool = tool}}, bytes = #outcome,
    tokens_in = 0, tokens_out = 0, cost = 0, model_calls = 0, tool_calls = 0}, nil, known[6])
  write_journal(id, entries)
end
redis.call('HSET', task, unpack(changes))
resumed(id, tenant, state, lane, attempt, known[7], known[8])
write_counts()
write_events()
if audited then
  audit(tenant, by, 'step.decide', id, step .. (outcome == '' and ' again' or ' given'))
end
return {'ok', to}
