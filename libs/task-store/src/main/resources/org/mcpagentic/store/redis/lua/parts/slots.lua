-- Gives back the places that something held; they are named between blanks.
local function free_slots(holder, names)
  for name in string.gmatch(names or '', '%S+') do
    redis.call('ZREM', @{guard} .. name, holder)
  end
end
