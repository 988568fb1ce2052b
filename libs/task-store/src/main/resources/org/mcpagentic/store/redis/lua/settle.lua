#!lua flags=allow-oom
-- Settles a direct question: keeps the response, counts it, frees or fills its idempotency slot.
-- KEYS     1 the shard's base key
-- ARGV     response id, tenant, outcome (succeeded|failed|cancelled), response envelope or '', seconds to keep it,
--          idempotency scope or '', fingerprint, tokens in, tokens out, cost in micro-dollars, settlements
-- returns  {microseconds it was admitted at, microseconds it took}; {} where it was settled before or is too old
-- derives  asked:ID, response:ID, asks:T, idem:T:S, guard:N, outbox, live
-- memory   runs when Redis is full; sent twice it counts once
-- @part outbox counts measure settle slots
local id, tenant, outcome, response, keep, scope, fingerprint = arg(), arg(), arg(), arg(), arg(), arg(), arg()
local tokens_in, tokens_out, cost = arg(), arg(), arg()
local settlements = read_settlements()
local asked = redis.call('GET', @{asked} .. id)
local admitted = asked and tonumber(string.match(asked, '^%d+'))
if not admitted then
  local kept = redis.call('HMGET', @{response} .. id, 'admitted', 'took')
  return kept[1] and kept or {}
end

local took = math.max(now - admitted, 0)
redis.call('DEL', @{asked} .. id)
local counts = @{asks} .. tenant
measure(counts, outcome, took)
add(counts, 'tokens_in', tonumber(tokens_in))
add(counts, 'tokens_out', tonumber(tokens_out))
add(counts, 'cost', tonumber(cost))
write_counts()
settle(settlements)
free_slots(id, string.match(asked, ' (.*)$'))
local slot = @{idem} .. tenant .. ':' .. scope
if outcome == 'succeeded' then
  redis.call('HSET', @{response} .. id, 'tenant', tenant, 'admitted', string.format('%.0f', admitted),
    'took', string.format('%.0f', took), 'private', response)
  redis.call('EXPIRE', @{response} .. id, keep)
  if scope ~= '' then
    redis.call('SET', slot, id .. ' ' .. fingerprint .. ' answered', 'EX', 86400)
  end
elseif scope ~= '' then
  redis.call('DEL', slot)
end
publish(outcome == 'succeeded' and 'response.generated' or 'error.occurred', id, tenant, 0)
redis.call('PUBLISH', @{live}, id .. ' 0')
return {string.format('%.0f', admitted), string.format('%.0f', took)}
