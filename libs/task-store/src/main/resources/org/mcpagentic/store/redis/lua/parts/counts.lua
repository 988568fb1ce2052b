-- Counters: a script gathers what they move by and writes it once, at its end. Few fields are moved one by one, more of
-- them are read and written together, which costs two commands for any number.
local gathered = {}
local function add(key, field, delta)
  local fields = gathered[key]
  if not fields then
    fields = {}
    gathered[key] = fields
  end
  fields[field] = (fields[field] or 0) + delta
end
local function write_counts()
  for key, fields in pairs(gathered) do
    local names = {}
    for name, delta in pairs(fields) do
      if delta ~= 0 then
        names[#names + 1] = name
      end
    end
    if #names > 2 then
      local known, values = redis.call('HMGET', key, unpack(names)), {}
      for i, name in ipairs(names) do
        values[2 * i - 1] = name
        values[2 * i] = string.format('%.0f', tonumber(known[i] or 0) + fields[name])
      end
      redis.call('HSET', key, unpack(values))
    else
      for _, name in ipairs(names) do
        redis.call('HINCRBY', key, name, fields[name])
      end
    end
  end
end
