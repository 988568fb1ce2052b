-- Evaluates all guards before any is charged; each is kind, name and three numbers:
--   rate    microseconds for one request, requests in the bucket, 0; its key holds when the bucket would be full again
--   slots   limit, longest time that one is held, 0; its key is a sorted set of holders by the time they are dropped
--   budget  cost, limit, window; its key is a count
-- All numbers of times are microseconds. Those that refuse say after how many microseconds they may pass.
local function read_guards()
  local guards = {}
  for i = 1, tonumber(arg()) do
    guards[i] = {kind = arg(), key = @{guard} .. arg(), a = tonumber(arg()), b = tonumber(arg()), c = tonumber(arg())}
  end
  return guards
end
-- What the same batch settles, by key: it is given back before anything is reserved.
local returned = {}
local wait_of = {}
function wait_of.rate(g)
  -- why not beyond a bucket: a clock that was set back must not lock its caller out
  local stored = math.min(tonumber(redis.call('GET', g.key) or 0), now + g.a * g.b)
  g.full = math.max(stored, now) + g.a
  return g.full - now - g.a * g.b
end
function wait_of.slots(g)
  redis.call('ZREMRANGEBYSCORE', g.key, '-inf', now)
  return redis.call('ZCARD', g.key) < g.a and 0 or 1000000
end
function wait_of.budget(g)
  local used = tonumber(redis.call('GET', g.key) or 0) + (returned[g.key] or 0)
  if used + g.a <= g.b then
    return 0
  end
  return used > 0 and math.max(redis.call('PTTL', g.key) * 1000, 1000000) or g.c
end
-- The kind of the first guard that refuses, with its wait, or nothing.
local function refused_by(guards)
  for _, g in ipairs(guards) do
    local wait = wait_of[g.kind](g)
    if wait > 0 then
      return g.kind, math.ceil(wait)
    end
  end
end
-- Charges all for the holder; returns what the first rate has left and after how many microseconds it is full, and the slots
-- that were taken.
local function charge(guards, holder)
  local left, full, slots = -1, 0, {}
  for _, g in ipairs(guards) do
    if g.kind == 'rate' then
      redis.call('SET', g.key, string.format('%.0f', g.full), 'PX', math.ceil((g.full - now) / 1000) + 1)
      if left < 0 then
        left, full = math.floor((g.a * g.b - (g.full - now)) / g.a), math.ceil(g.full - now)
      end
    elseif g.kind == 'slots' then
      redis.call('ZADD', g.key, now + g.b, holder)
      redis.call('PEXPIRE', g.key, math.ceil(g.b / 1000) + 1)
      slots[#slots + 1] = string.sub(g.key, #@{guard} + 1)
    elseif g.a > 0 and redis.call('INCRBY', g.key, g.a) == g.a then
      redis.call('PEXPIRE', g.key, math.ceil(g.c / 1000))
    end
  end
  return left, full, table.concat(slots, ' ')
end
