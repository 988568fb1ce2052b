#!lua
-- Writes down what a server lists: what is approved stays so, what differs from it waits, what is not listed any more is marked where it
-- was approved, and forgotten where it never was.
-- KEYS     1 the shard's base key
-- ARGV     id, 1 where the configuration names the server, 1 where all of the first look is approved, most tools that are
--          known of it, then name, hash and definition of each tool
-- returns  {1 where something was not written, for the store or the server's share of it is full, otherwise 0, names of the
--          tools that wait since now...}
-- derives  shard, remote_servers, remote_version, remote_pins:S
-- memory   refused when Redis is full; above the watermark no definition is written; sent twice it writes nothing the second time
local id, configured, trusted, most = arg(), arg(), arg(), tonumber(arg())
if configured ~= '1' and redis.call('HEXISTS', @{remote_servers}, id) == 0 then
  return {0}
end
local pins = @{remote_pins} .. id
local full = redis.call('HGET', @{shard}, 'full') == '1'
local first = redis.call('HEXISTS', pins, 'looked') == 0
local changed = false
local refused = 0
local listed = {}
for i = 5, #ARGV, 3 do
  listed[ARGV[i]] = true
end
local known = 0
for _, field in ipairs(redis.call('HKEYS', pins)) do
  local kind, name = string.sub(field, 1, 2), string.sub(field, 3)
  if kind == 'h:' then
    known = known + 1
    if not listed[name] and redis.call('HSET', pins, 'm:' .. name, '1') == 1 then
      changed = true
    end
  elseif kind == 's:' and redis.call('HEXISTS', pins, 'h:' .. name) == 0 then
    if listed[name] then
      known = known + 1
    else
      redis.call('HDEL', pins, 's:' .. name, 'd:' .. name, 'm:' .. name)
      changed = true
    end
  end
end
local waiting = {}
for i = 5, #ARGV, 3 do
  local name, hash, definition = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local approved = redis.call('HGET', pins, 'h:' .. name)
  local seen = redis.call('HGET', pins, 's:' .. name)
  local present = true
  if approved == hash then
    if redis.call('HDEL', pins, 's:' .. name, 'd:' .. name) > 0 then
      changed = true
    end
  elseif seen ~= hash then
    local new = not approved and not seen
    if full or (new and known >= most) then
      refused = 1
      -- why marked: what was approved is not what is offered, so it may not be called
      present = not approved
      if approved and redis.call('HSET', pins, 'm:' .. name, '1') == 1 then
        changed = true
      end
    else
      if new and first and trusted == '1' then
        redis.call('HSET', pins, 'h:' .. name, hash, 'a:' .. name, definition)
      else
        redis.call('HSET', pins, 's:' .. name, hash, 'd:' .. name, definition)
        waiting[#waiting + 1] = name
      end
      if new then
        known = known + 1
      end
      changed = true
    end
  end
  if present and redis.call('HDEL', pins, 'm:' .. name) == 1 then
    changed = true
  end
end
if first and refused == 0 then
  redis.call('HSET', pins, 'looked', '1')
end
if changed then
  redis.call('HSET', pins, 'v', redis.call('INCRBY', @{remote_version}, 1))
end
return {refused, unpack(waiting)}
