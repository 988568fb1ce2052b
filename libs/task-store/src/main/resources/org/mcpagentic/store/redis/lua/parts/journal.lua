-- Reads a batch of progress and writes it. Fields of the journal: i<step> = attempt, time, intent; o<step> = time, outcome.
local function read_entries()
  local entries = {}
  for i = 1, tonumber(arg()) do
    entries[i] = {step = arg(), payload = arg(), tool = arg(), effects = arg() == '1'}
  end
  return entries
end
local function read_batch()
  local batch = {
    number = tonumber(arg()), tokens_in = tonumber(arg()), tokens_out = tonumber(arg()), cost = tonumber(arg()),
    model_calls = tonumber(arg()), tool_calls = tonumber(arg())}
  batch.outcomes = read_entries()
  batch.intents = read_entries()
  batch.bytes = 0
  for _, e in ipairs(batch.outcomes) do batch.bytes = batch.bytes + #e.payload end
  for _, e in ipairs(batch.intents) do batch.bytes = batch.bytes + #e.payload end
  return batch
end
local function note(entries, field, text)
  entries[#entries + 1] = field
  entries[#entries + 1] = text
end
-- Notes outcomes for the journal, and for the task's own hash what it has used and how large its journal is.
local function note_outcomes(entries, changes, id, tenant, batch, used, bytes)
  for _, e in ipairs(batch.outcomes) do
    note(entries, 'o' .. e.step, at .. ' ' .. e.payload)
    emit(id, 'step.finished', e.step)
    if e.tool ~= '' then
      publish('tool.executed', id, tenant, e.step)
    end
  end
  if batch.model_calls + batch.tool_calls + batch.tokens_in + batch.tokens_out + batch.cost > 0 then
    local i, o, c, m, t = string.match(used or '0 0 0 0 0', '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
    note(changes, 'used', string.format('%.0f %.0f %.0f %.0f %.0f', i + batch.tokens_in, o + batch.tokens_out,
      c + batch.cost, m + batch.model_calls, t + batch.tool_calls))
    local counts = @{counts} .. tenant
    add(counts, 'tokens_in', batch.tokens_in)
    add(counts, 'tokens_out', batch.tokens_out)
    add(counts, 'cost', batch.cost)
    add(counts, 'model_calls', batch.model_calls)
    add(counts, 'tool_calls', batch.tool_calls)
  end
  if batch.bytes > 0 then
    note(changes, 'journal', tonumber(bytes or 0) + batch.bytes)
  end
end
local function note_intents(entries, id, attempt, batch)
  for _, e in ipairs(batch.intents) do
    note(entries, 'i' .. e.step, attempt .. ' ' .. at .. ' ' .. e.payload)
    if not e.told then
      emit(id, 'step.started', e.step)
    end
  end
end
-- A step that is settled without being taken begins and ends with one batch, in this order.
local function tell_settled(id, batch)
  for _, o in ipairs(batch.outcomes) do
    for _, i in ipairs(batch.intents) do
      if i.step == o.step then
        emit(id, 'step.started', i.step)
        i.told = true
      end
    end
  end
end
local function write_journal(id, entries)
  if entries[1] then
    redis.call('HSET', @{journal} .. id, unpack(entries))
  end
end
