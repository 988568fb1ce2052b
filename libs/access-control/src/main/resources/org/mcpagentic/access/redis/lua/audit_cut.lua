#!lua flags=allow-oom
-- Removes sealed entries from the trail's head up to a checkpoint, which becomes the base that the rest is verified from.
-- KEYS     1 the shard's base key
-- ARGV     lease, base before or '', base after, position of the first entry that is kept, position of the checkpoint
-- returns  {'cut', entries removed} | {'late'} | {'moved'}
-- derives  audit_lease, audit_state, audit_sealed, audit_checkpoints
-- memory   runs when Redis is full; sent twice it removes once
local lease, before, after, kept, checkpoint = arg(), arg(), arg(), arg(), arg()
if redis.call('GET', @{audit_lease}) ~= lease then
  return {'late'}
end
local base = redis.call('HGET', @{audit_state}, 'base') or ''
if base == after then
  return {'cut', 0}
end
if base ~= before then
  return {'moved'}
end

redis.call('HSET', @{audit_state}, 'base', after)
redis.call('XTRIM', @{audit_checkpoints}, 'MINID', checkpoint)
return {'cut', redis.call('XTRIM', @{audit_sealed}, 'MINID', kept)}
