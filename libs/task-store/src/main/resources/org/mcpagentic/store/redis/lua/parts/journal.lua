-- Reads a batch of progress and writes it. Fields of the journal: i<step> = attempt, time, intent; o<step> = time, outcome.
local function read_entries()
  local entries = {}
  for i = 1, tonumber(arg()) do
    entries[i] = {step = arg(), payload = arg(), tool = arg()}
  end
  return entries
end
local function read_batch()
  local batch = {
    nonce = arg(), tokens_in = tonumber(arg()), tokens_out = tonumber(arg()), cost = tonumber(arg()),
    model_calls = tonumber(arg()), tool_calls = tonumber(arg())}
  batch.outcomes = read_entries()
  batch.intents = read_entries()
  batch.bytes = 0
  for _, e in ipairs(batch.outcomes) do batch.bytes = batch.bytes + #e.payload end
  for _, e in ipairs(batch.intents) do batch.bytes = batch.bytes + #e.payload end
  return batch
end
local function add(fields, key, name, value)
  if value > 0 then
    redis.call('HINCRBY', key, name, value)
    redis.call('HINCRBY', fields, name, value)
  end
end
local function write_outcomes(id, tenant, batch)
  for _, e in ipairs(batch.outcomes) do
    redis.call('HSET', @{journal} .. id, 'o' .. e.step, string.format('%.0f ', now) .. e.payload)
    emit(id, 'step.finished', e.step)
    if e.tool ~= '' then
      publish('tool.executed', id, tenant, e.step)
    end
  end
  local task, counts = @{task} .. id, @{counts} .. tenant
  add(task, counts, 'tokens_in', batch.tokens_in)
  add(task, counts, 'tokens_out', batch.tokens_out)
  add(task, counts, 'cost', batch.cost)
  add(task, counts, 'model_calls', batch.model_calls)
  add(task, counts, 'tool_calls', batch.tool_calls)
  if batch.bytes > 0 then
    redis.call('HINCRBY', task, 'journal', batch.bytes)
  end
end
local function write_intents(id, attempt, batch)
  for _, e in ipairs(batch.intents) do
    redis.call('HSET', @{journal} .. id, 'i' .. e.step, string.format('%d %.0f ', attempt, now) .. e.payload)
    emit(id, 'step.started', e.step)
  end
end
