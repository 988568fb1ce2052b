-- Evaluates all guards before any is charged; each is name, cost, limit, window in microseconds (0: only settling
-- gives back). Returns the first that refuses with the microseconds after which it may pass, or nothing.
local function read_guards()
  local guards = {}
  for i = 1, tonumber(arg()) do
    guards[i] = {key = @{guard} .. arg(), cost = tonumber(arg()), limit = tonumber(arg()), window = tonumber(arg())}
  end
  return guards
end
local function refused_by(guards)
  for _, g in ipairs(guards) do
    if tonumber(redis.call('GET', g.key) or '0') + g.cost > g.limit then
      local left = redis.call('PTTL', g.key)
      return g.key, left > 0 and left * 1000 or 1000000
    end
  end
end
local function charge(guards)
  for _, g in ipairs(guards) do
    if redis.call('INCRBY', g.key, g.cost) == g.cost and g.window > 0 then
      redis.call('PEXPIRE', g.key, math.ceil(g.window / 1000))
    end
  end
end
