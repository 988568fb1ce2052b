-- Appends to the task's own numbered event list (its length is the newest number) and hints at it.
local function emit(id, kind, detail)
  local number = redis.call('RPUSH', @{events} .. id, string.format('%s %.0f %d', kind, now, detail))
  redis.call('PUBLISH', @{live}, id .. ' ' .. number)
end
