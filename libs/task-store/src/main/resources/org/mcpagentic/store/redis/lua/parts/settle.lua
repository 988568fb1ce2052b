-- Corrects budgets by what was really used: pairs of name and delta. One that counts nothing any more leaves no key.
local function settle()
  for _ = 1, tonumber(arg()) do
    local key, delta = @{guard} .. arg(), tonumber(arg())
    if redis.call('EXISTS', key) == 1 and redis.call('INCRBY', key, delta) <= 0 then
      redis.call('DEL', key)
    end
  end
end
