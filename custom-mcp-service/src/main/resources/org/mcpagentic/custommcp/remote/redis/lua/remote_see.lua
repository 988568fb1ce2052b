#!lua
-- Writes down what a server lists: what is approved stays so, what differs from it waits, what is not listed any more is marked.
-- KEYS     1 the shard's base key
-- ARGV     id, 1 where the configuration names the server, 1 where all of the first look is approved, then name, hash and
--          definition of each tool
-- returns  names of the tools that wait since now
-- derives  remote_servers, remote_version, remote_pins:S
-- memory   refused when Redis is full; sent twice it writes nothing the second time
local id, configured, trusted = arg(), arg(), arg()
if configured ~= '1' and redis.call('HEXISTS', @{remote_servers}, id) == 0 then
  return {}
end
local pins = @{remote_pins} .. id
local first = redis.call('HEXISTS', pins, 'looked') == 0
local changed = false
local waiting = {}
local listed = {}
for i = 4, #ARGV, 3 do
  local name, hash, definition = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  listed[name] = true
  local approved = redis.call('HGET', pins, 'h:' .. name)
  if not approved and first and trusted == '1' then
    redis.call('HSET', pins, 'h:' .. name, hash, 'a:' .. name, definition)
    changed = true
  elseif approved == hash then
    if redis.call('HDEL', pins, 's:' .. name, 'd:' .. name) > 0 then
      changed = true
    end
  elseif redis.call('HGET', pins, 's:' .. name) ~= hash then
    redis.call('HSET', pins, 's:' .. name, hash, 'd:' .. name, definition)
    waiting[#waiting + 1] = name
    changed = true
  end
  if redis.call('HDEL', pins, 'm:' .. name) == 1 then
    changed = true
  end
end
for _, field in ipairs(redis.call('HKEYS', pins)) do
  local kind, name = string.sub(field, 1, 2), string.sub(field, 3)
  if (kind == 'h:' or kind == 's:') and not listed[name] then
    if redis.call('HSET', pins, 'm:' .. name, '1') == 1 then
      changed = true
    end
  end
end
if first then
  redis.call('HSET', pins, 'looked', '1')
end
if changed then
  redis.call('INCRBY', @{remote_version}, 1)
end
return waiting
