-- Gives a task the steps that another one took before a step; they belong to no attempt of its own. Returns their bytes.
local function copy_journal(source, id, from)
  local fields, bytes = redis.call('HGETALL', @{journal} .. source), 0
  for i = 1, #fields, 2 do
    local side, step = string.match(fields[i], '^(%a)(%d+)$')
    if tonumber(step) < from then
      local value = side == 'i' and '0' .. string.match(fields[i + 1], '^%d+( .*)$') or fields[i + 1]
      redis.call('HSET', @{journal} .. id, fields[i], value)
      bytes = bytes + #value
    end
  end
  return bytes
end
