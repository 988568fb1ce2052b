-- Corrects guards by what was really used: pairs of name and delta.
local function settle()
  for _ = 1, tonumber(arg()) do
    local key, delta = @{guard} .. arg(), tonumber(arg())
    if redis.call('EXISTS', key) == 1 then
      redis.call('INCRBY', key, delta)
    end
  end
end
