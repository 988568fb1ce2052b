#!lua
-- Admits a direct question.
-- KEYS     1 the shard's base key
-- ARGV     response id, tenant, session, user agent, idempotency scope or '', fingerprint, guards
-- returns  {'admitted', left, full} | {'replayed', response id} | {'mismatch'} | {'in_flight'} | {'full'} | {'refused', kind of guard, microseconds};
--          admitted comes with what a rate has left (-1: there is none) and microseconds until it is full
-- derives  shard, idem:T:S, guard:N, asked:ID, session:T:S, sessions:T, outbox
-- memory   refused at the watermark and when Redis is full; sent twice it returns the first outcome
-- @part outbox sessions guards
local id, tenant, session, agent, scope, fingerprint = arg(), arg(), arg(), arg(), arg(), arg()
local guards = read_guards()
if redis.call('EXISTS', @{asked} .. id) == 1 then
  return {'admitted', -1, 0}
end
local slot = @{idem} .. tenant .. ':' .. scope
if scope ~= '' then
  local first = redis.call('GET', slot)
  if first then
    local known, print, state = string.match(first, '^(%S+) (%S+) (%S+)$')
    if print ~= fingerprint then
      return {'mismatch'}
    end
    return state == 'answered' and {'replayed', known} or {'in_flight'}
  end
end
if redis.call('HGET', @{shard}, 'full') == '1' then
  return {'full'}
end
local guard, wait = refused_by(guards)
if guard then
  return {'refused', guard, wait}
end

local left, full, slots = charge(guards, id)
-- why: a question whose service dies is never settled; its marker and key go after a quarter of an hour
redis.call('SET', @{asked} .. id, string.format('%.0f', now) .. ' ' .. slots, 'EX', 900)
if scope ~= '' then
  redis.call('SET', slot, id .. ' ' .. fingerprint .. ' asked', 'EX', 900)
end
touch_session(tenant, session, agent)
publish('query.received', id, tenant, 0)
return {'admitted', left, full}
