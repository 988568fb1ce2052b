-- Corrects budgets by what was really used: pairs of name and delta. One that counts nothing any more leaves no key.
local function read_settlements()
  local settlements = {}
  for i = 1, tonumber(arg()) do
    settlements[i] = {key = @{guard} .. arg(), delta = tonumber(arg())}
  end
  return settlements
end
local function settle(settlements)
  for _, s in ipairs(settlements) do
    local key, delta = s.key, s.delta
    if redis.call('EXISTS', key) == 1 and redis.call('INCRBY', key, delta) <= 0 then
      redis.call('DEL', key)
    end
  end
end
