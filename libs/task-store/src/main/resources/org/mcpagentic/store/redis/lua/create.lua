#!lua
-- Creates a task, or returns the one that the same idempotency key made before.
-- KEYS     1 the shard's base key
-- ARGV     audited (1|0), id, tenant, owner, session, user agent, lane (high|normal|low), private envelope, public JSON,
--          microseconds until an unrun task expires, enqueue (1|0), idempotency scope or '', fingerprint, microseconds
--          from queued to its deadline (0: none), task that it repeats or '', step that it repeats from, guards
-- returns  {'created', now, left, full} | {'replayed', task id} | {'mismatch'} | {'unknown'} | {'illegal', status} | {'full'} |
--          {'refused', kind of guard, microseconds}; created comes with what a rate has left (-1: there is none) and
--          microseconds until it is full; the second and third of the task that it repeats
-- derives  shard, idem:T:S, guard:N, task:ID, journal:ID, counts:T, tenants, index:T, dead:T, due, timeouts, session:T:S,
--          sessions:T, events:ID, outbox, ready:L:T, ring:L, live, work, audit
-- memory   refused at the watermark and when Redis is full; sent twice it returns the first outcome
-- @part events outbox ready sessions guards copy deadline audit
-- @transition enqueue
-- @final
local audited, id, tenant, owner, session, agent, lane = arg() == '1', arg(), arg(), arg(), arg(), arg(), arg()
local private, public, expiry, enqueued, scope, fingerprint = arg(), arg(), tonumber(arg()), arg() == '1', arg(), arg()
local timeout, source, from = tonumber(arg()), arg(), tonumber(arg())
local guards = read_guards()
local task = @{task} .. id

local created = redis.call('HGET', task, 'created')
if created then
  return {'created', created, -1, 0}
end
local slot = @{idem} .. tenant .. ':' .. scope
if scope ~= '' then
  local first = redis.call('GET', slot)
  if first then
    local known, print = string.match(first, '^(%S+) (%S+)$')
    return print == fingerprint and {'replayed', known} or {'mismatch'}
  end
end
if source ~= '' then
  local first = redis.call('HMGET', @{task} .. source, 'tenant', 'state')
  if first[1] ~= tenant then
    return {'unknown'}
  end
  if not final[first[2]] then
    return {'illegal', first[2]}
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
if scope ~= '' then
  redis.call('SET', slot, id .. ' ' .. fingerprint, 'EX', 86400)
end
local counts = @{counts} .. tenant
local number = redis.call('HINCRBY', counts, 'numbered', 1)
if number == 1 then
  redis.call('SADD', @{tenants}, tenant)
end
local state = enqueued and enqueue.created or 'created'
redis.call('HINCRBY', counts, 's:' .. state, 1)
local fields = {'state', state, 'tenant', tenant, 'owner', owner, 'session', session, 'lane', lane,
  'number', number, 'created', now, 'attempt', 0, 'private', private, 'public', public}
local function set(field, value)
  fields[#fields + 1] = field
  fields[#fields + 1] = value
end
if slots ~= '' then
  set('slots', slots)
end
if timeout > 0 then
  set('timeout', timeout)
end
if source ~= '' then
  local bytes = copy_journal(source, id, from)
  if bytes > 0 then
    set('journal', bytes)
  end
  redis.call('ZREM', @{dead} .. tenant, source)
end
redis.call('ZADD', @{index} .. tenant, number, id)
touch_session(tenant, session, agent)
emit(id, 'task.created', 0)
publish('task.created', id, tenant, 0)
if enqueued then
  set('queued', now)
  set(unpack(deadline(id, timeout)))
  emit(id, 'task.queued', 0)
  make_ready(id, tenant, lane)
else
  redis.call('ZADD', @{due}, now + expiry, id)
end
redis.call('HSET', task, unpack(fields))
write_events()
if audited then
  audit(tenant, owner, source == '' and 'task.create' or 'task.retry', id, source)
end
return {'created', at, left, full}
