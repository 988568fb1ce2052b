-- Appends to tasks' own numbered event lists (a list's length is its newest number) and hints at them: gathered by a
-- script, written once at its end, with one hint for all, in which the number of a final event has a mark.
local happened, order, ended = {}, {}, {}
local at = string.format('%.0f', now)
local function emit(id, kind, detail)
  local list = happened[id]
  if not list then
    list = {}
    happened[id] = list
    order[#order + 1] = id
  end
  list[#list + 1] = kind .. ' ' .. at .. ' ' .. detail
end
local function write_events()
  local hints = {}
  for i, id in ipairs(order) do
    hints[i] = id .. ' ' .. redis.call('RPUSH', @{events} .. id, unpack(happened[id])) .. (ended[id] and '!' or '')
  end
  if hints[1] then
    redis.call('PUBLISH', @{live}, table.concat(hints, ' '))
  end
end
