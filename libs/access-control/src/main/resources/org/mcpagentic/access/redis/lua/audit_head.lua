#!lua flags=no-writes,allow-oom
-- Reads where a trail begins and ends.
-- KEYS     1 the shard's base key
-- ARGV     none
-- returns  {last sealed position or '', its mac, base or '', newest number, unsealed entries, id of the first of them or '',
--          of the last or '', position of the newest checkpoint or ''}
-- derives  audit_state, shard, audit, audit_checkpoints
-- memory   reads only
local state = redis.call('HMGET', @{audit_state}, 'last', 'mac', 'base')
local function id(entries)
  return entries[1] and entries[1][1] or ''
end
return {state[1] or '', state[2] or '', state[3] or '', redis.call('HGET', @{shard}, 'audited') or '0',
  redis.call('XLEN', @{audit}), id(redis.call('XRANGE', @{audit}, '-', '+', 'COUNT', 1)),
  id(redis.call('XREVRANGE', @{audit}, '+', '-', 'COUNT', 1)),
  id(redis.call('XREVRANGE', @{audit_checkpoints}, '+', '-', 'COUNT', 1))}
