#!lua flags=allow-oom
-- A worker's heartbeat on one shard: renews its lease, takes tasks away from dead workers and from stuck steps,
-- promotes what is due, ends requests for approval that nobody decided on in time, forgets memory that has expired, returns cancels and claims.
-- KEYS     1 the shard's base key
-- ARGV     worker, lease in microseconds, capacity (0 to 64), nonce, acknowledged nonce, most attempts, memory
--          watermark in percent of maxmemory
-- returns  {{cancelled id, ...}, {{id, attempt, token, owner, session, tenant, lane, private, public, journaled (1|0),
--          microseconds since it was first claimed without those it waited for a person, microseconds left to its deadline or -1}, ...},
--          nonce of the last tick that claimed or ''}
-- derives  shard, workers, held:W, claims:W, cancels:W, deadlines, due, timeouts, done:T, dead:T, task:ID, counts:T, ready:L:T, ring:L, guard:N,
--          events:ID, outbox, live, work, memory:T, memory_facts:T, memory_keys:T, memory_expiry:T, memory_bytes:T, memory_due, approval:ID, pending:T,
--          approval_due
-- memory   runs when Redis is full; sent twice with one nonce it claims once
-- @transition claim release fail promote expire time_out resume
-- @part events outbox counts move measure slots finish ready hold forget resumed decided awaited claims
local worker, lease, capacity = arg(), tonumber(arg()), tonumber(arg())
local nonce, acknowledged, most_attempts, watermark = arg(), arg(), tonumber(arg()), tonumber(arg())

local function end_with_error(id, tenant, from, to, attempt, queued, timeout, code, message)
  redis.call('HSET', @{task} .. id, 'state', to, 'finished', now, 'claim', '', 'worker', '',
    'error', cjson.encode({code = code, message = message}))
  redis.call('HDEL', @{task} .. id, 'due')
  finish(id, tenant, from, to, attempt, queued, timeout)
end

-- Takes a task from its worker: back to the queue's front, to its end if that was asked for, or given up when it
-- was taken away too often; retries and releases do not count. Why it was taken away each time is kept.
local function take_away(id, from_worker, reason)
  local task = @{task} .. id
  local known = redis.call('HMGET', task, 'state', 'tenant', 'lane', 'attempt', 'worker', 'queued', 'lost',
    'timeout', 'losses', 'number')
  local state, tenant, lane, attempt, queued = known[1], known[2], known[3], tonumber(known[4]), tonumber(known[6])
  local lost, timeout = tonumber(known[7] or 0) + 1, known[8]
  let_go(id, from_worker, state)
  if known[5] ~= from_worker or not release[state] then
    return
  end
  local to = release[state]
  redis.call('HSET', task, 'lost', lost, 'losses',
    (known[9] or '') .. string.format('%d %s %s %.0f;', attempt, from_worker, reason, now))
  if to == 'cancelled' then
    redis.call('HSET', task, 'state', to, 'finished', now, 'claim', '', 'worker', '')
    finish(id, tenant, state, to, attempt, queued, timeout)
  elseif lost >= most_attempts then
    end_with_error(id, tenant, state, fail[state], attempt, queued, timeout, 'worker_lost',
      'its worker was lost ' .. lost .. ' times; it is not tried again')
    redis.call('ZADD', @{dead} .. tenant, known[10], id)
    add(@{counts} .. tenant, 'dead', 1)
  else
    redis.call('HSET', task, 'state', to, 'claim', '', 'worker', '')
    move(tenant, state, to)
    emit(id, 'task.queued', attempt)
    make_ready(id, tenant, lane, true)
  end
end

-- 1. an outage of the shard, in which nobody could renew, makes no live worker a dead one. Half a lease without any
-- tick is one, for a worker that renewed a while before the others has less than the whole of it left. A sixth of the
-- lease is taken off all the same, or dead workers would outlive a last one that ticks too seldom.
local known = redis.call('HMGET', @{shard}, 'tick', 'memory')
local gap = now - tonumber(known[1] or now)
if gap > lease / 2 then
  local outage = math.floor(gap - lease / 6)
  local leases = redis.call('ZRANGE', @{workers}, 0, -1)
  for _, w in ipairs(leases) do
    redis.call('ZINCRBY', @{workers}, outage, w)
  end
  local steps = redis.call('ZRANGE', @{deadlines}, 0, -1)
  for _, id in ipairs(steps) do
    redis.call('ZINCRBY', @{deadlines}, outage, id)
  end
end
redis.call('HSET', @{shard}, 'tick', now)
redis.call('ZADD', @{workers}, now + lease, worker)

-- 2. once a second: the watermark, a sign of life for subscribers, memory and requests for approval that have expired
if now - tonumber(known[2] or 0) >= 1000000 then
  local info = redis.call('INFO', 'memory')
  local used, most = tonumber(string.match(info, 'used_memory:(%d+)')), tonumber(string.match(info, 'maxmemory:(%d+)'))
  local full = most > 0 and used * 100 > most * watermark
  redis.call('HSET', @{shard}, 'memory', now, 'full', full and '1' or '0')
  redis.call('PUBLISH', @{live}, '')
  for _, tenant in ipairs(redis.call('ZRANGE', @{memory_due}, '-inf', now, 'BYSCORE', 'LIMIT', 0, 8)) do
    forget(tenant, expired(tenant, 64))
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', @{approval_due}, '-inf', now, 'LIMIT', 0, 64)) do
    local request = pending_request(id)
    if request then
      close(request, 'expired')
      resume_when_decided(request)
    else
      redis.call('ZREM', @{approval_due}, id)
    end
  end
end

-- 3. dead workers, at most 64 tasks of each at a time
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', @{workers}, '-inf', now, 'LIMIT', 0, 8)) do
  local held = redis.call('HKEYS', @{held} .. dead)
  for i = 1, math.min(#held, 64) do
    take_away(held[i], dead, 'worker_lost')
  end
  if #held <= 64 then
    redis.call('ZREM', @{workers}, dead)
    redis.call('DEL', @{held} .. dead, @{claims} .. dead, @{cancels} .. dead)
  end
end

-- 4. single tasks whose step is beyond its deadline
for _, id in ipairs(redis.call('ZRANGEBYSCORE', @{deadlines}, '-inf', now, 'LIMIT', 0, 16)) do
  redis.call('ZREM', @{deadlines}, id)
  local holder = redis.call('HGET', @{task} .. id, 'worker')
  if holder then
    take_away(id, holder, 'step_overdue')
  end
end

-- 5. deadlines of tasks; one that a worker holds it ends by itself, as soon as it is let it is ended here
for _, id in ipairs(redis.call('ZRANGEBYSCORE', @{timeouts}, '-inf', now, 'LIMIT', 0, 64)) do
  local task = redis.call('HMGET', @{task} .. id, 'state', 'tenant', 'attempt', 'queued', 'asked', 'pending')
  local to = time_out[task[1]]
  if to then
    redis.call('ZREM', @{due}, id)
    withdraw(id, task[5], task[6])
    end_with_error(id, task[2], task[1], to, tonumber(task[3]), tonumber(task[4]), true, 'deadline_exceeded',
      'it was not done by its deadline')
  else
    redis.call('ZADD', @{timeouts}, now + 1000000, id)
  end
end

-- 6. what is due: retries go back to the queue, what was never run expires
for _, id in ipairs(redis.call('ZRANGEBYSCORE', @{due}, '-inf', now, 'LIMIT', 0, 64)) do
  redis.call('ZREM', @{due}, id)
  local task = redis.call('HMGET', @{task} .. id, 'state', 'tenant', 'lane', 'attempt')
  local state, tenant, lane, attempt = task[1], task[2], task[3], tonumber(task[4])
  if promote[state] then
    redis.call('HSET', @{task} .. id, 'state', promote[state])
    redis.call('HDEL', @{task} .. id, 'due', 'error')
    move(tenant, state, promote[state])
    emit(id, 'task.queued', attempt)
    make_ready(id, tenant, lane)
  elseif expire[state] then
    end_with_error(id, tenant, state, expire[state], attempt, nil, nil, 'expired', 'it was never run and has expired')
  end
end

-- 7. claims
return claims(worker, capacity, nonce, acknowledged)
