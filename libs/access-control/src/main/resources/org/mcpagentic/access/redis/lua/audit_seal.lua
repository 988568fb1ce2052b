#!lua flags=allow-oom
-- Moves the oldest entries, in order, to the sealed trail, each with its mac; and writes a checkpoint, where one is given.
-- KEYS     1 the shard's base key
-- ARGV     lease, last position before or '', its mac, last position after, its mac, the checkpoint's time or '', its signature,
--          number of entries, and of each: id, position, mac, mark or '', whether its fields are kept (1|0)
-- returns  {'sealed'} | {'late'} | {'moved', last position} | {'changed', id} | {'blocked', newest position}
-- derives  audit_lease, audit_state, audit, audit_sealed, audit_checkpoints
-- memory   runs when Redis is full; sent twice it returns the first outcome
local lease, last, mac, new_last, new_mac, at, signature, count =
  arg(), arg(), arg(), arg(), arg(), arg(), arg(), tonumber(arg())
if redis.call('GET', @{audit_lease}) ~= lease then
  return {'late'}
end
local state = redis.call('HMGET', @{audit_state}, 'last', 'mac', 'checkpoint')
local found, found_mac = state[1] or '', state[2] or ''
if found ~= last or found_mac ~= mac then
  return found == new_last and found_mac == new_mac and {'sealed'} or {'moved', found}
end
local sealed = {}
for i = 1, count do
  sealed[i] = {id = arg(), position = arg(), mac = arg(), mark = arg(), whole = arg() == '1'}
end
local entries = count > 0 and redis.call('XRANGE', @{audit}, '-', '+', 'COUNT', count) or {}
for i, s in ipairs(sealed) do
  if not entries[i] or entries[i][1] ~= s.id then
    return {'changed', s.id}
  end
end
if count > 0 and redis.call('EXISTS', @{audit_sealed}) == 1 then
  local newest = ''
  local facts = redis.call('XINFO', 'STREAM', @{audit_sealed})
  for i = 1, #facts, 2 do
    newest = facts[i] == 'last-generated-id' and facts[i + 1] or newest
  end
  local n, k = string.match(newest, '^(%d+)-(%d+)$')
  local m, l = string.match(sealed[1].position, '^(%d+)-(%d+)$')
  n, k, m, l = tonumber(n), tonumber(k), tonumber(m), tonumber(l)
  if n > m or n == m and k >= l then
    return {'blocked', newest}
  end
end

local ids = {}
for i, s in ipairs(sealed) do
  local fields = s.whole and entries[i][2] or {}
  if s.mark ~= '' then
    fields[#fields + 1] = 'mark'
    fields[#fields + 1] = s.mark
  end
  fields[#fields + 1] = 'mac'
  fields[#fields + 1] = s.mac
  redis.call('XADD', @{audit_sealed}, s.position, unpack(fields))
  ids[i] = s.id
end
if count > 0 then
  redis.call('XDEL', @{audit}, unpack(ids))
  if redis.call('XLEN', @{audit}) == 0 then
    -- why: an empty stream remembers its highest number, and a foreign one would keep all that follow out
    redis.call('DEL', @{audit})
  end
  redis.call('HSET', @{audit_state}, 'last', new_last, 'mac', new_mac)
end
if at ~= '' and state[3] ~= new_last then
  -- why it may fail: somebody else wrote behind it, which must not keep entries from being sealed
  redis.pcall('XADD', @{audit_checkpoints}, new_last, 'mac', new_mac, 'at', at, 'signature', signature)
  redis.call('HSET', @{audit_state}, 'checkpoint', new_last, 'checkpoint_at', at)
end
return {'sealed'}
