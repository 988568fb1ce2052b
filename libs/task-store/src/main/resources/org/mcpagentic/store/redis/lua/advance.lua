#!lua flags=allow-oom
-- Journals progress: outcomes of the last acts, intents of the next ones.
-- KEYS     1 the shard's base key
-- ARGV     audited (1|0), id, claim token, step deadline in microseconds, most bytes of a journal, batch (number, tokens in, tokens out, cost in
--          micro-dollars, model calls, tool calls, outcomes, intents), guards, settlements
-- returns  {'ok'} | {'cancelling'} (outcomes kept, intents not) | {'stale'} | {'journal_full'} | {'refused', kind of guard,
--          microseconds}
-- derives  task:ID, journal:ID, counts:T, deadlines, guard:N, events:ID, outbox, live, audit, shard
-- memory   runs when Redis is full; a batch whose number is not above the last one's is not written again
-- @part events outbox counts journal guards settle audit
local audited, id, token, deadline, most_bytes = arg() == '1', arg(), arg(), tonumber(arg()), tonumber(arg())
local batch = read_batch()
local guards, settlements = read_guards(), read_settlements()
local task = @{task} .. id
local known = redis.call('HMGET', task, 'claim', 'state', 'tenant', 'attempt', 'batch', 'journal', 'used', 'owner')
local state, tenant, attempt = known[2], known[3], known[4]
if known[1] ~= token then
  return {'stale'}
end
local going_on = state == 'running'
if batch.number <= tonumber(known[5]) then
  return {going_on and 'ok' or 'cancelling'}
end
if tonumber(known[6] or '0') + batch.bytes > most_bytes then
  return {'journal_full'}
end
if going_on then
  for _, s in ipairs(settlements) do
    returned[s.key] = (returned[s.key] or 0) + s.delta
  end
  local guard, wait = refused_by(guards)
  if guard then
    return {'refused', guard, wait}
  end
end

local entries, changes = {}, {'batch', batch.number}
if going_on then
  tell_settled(id, batch)
end
note_outcomes(entries, changes, id, tenant, batch, known[7], known[6])
settle(settlements)
if going_on then
  charge(guards, id)
  note_intents(entries, id, attempt, batch)
  for _, e in ipairs(audited and batch.intents or {}) do
    if e.effects then
      audit(tenant, known[8], 'tool.call', id, e.tool .. ' ' .. e.step)
    end
  end
  redis.call('ZADD', @{deadlines}, now + deadline, id)
end
redis.call('HSET', task, unpack(changes))
write_journal(id, entries)
write_counts()
write_events()
return {going_on and 'ok' or 'cancelling'}
