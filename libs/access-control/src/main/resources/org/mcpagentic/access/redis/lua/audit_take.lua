#!lua flags=allow-oom
-- Takes or renews the right to seal a shard's trail, and reads what is to be sealed.
-- KEYS     1 the shard's base key
-- ARGV     holder, milliseconds of the lease, most entries
-- returns  {'held', milliseconds until the lease ends, time of the oldest entry or '', now} |
--          {'taken', lease, last position or '', its mac, last checkpoint or '', its time, base or '', newest number, now, entries}
-- derives  audit_lease, audit_state, shard, audit
-- memory   runs when Redis is full; sent twice it renews
local holder, duration, most = arg(), tonumber(arg()), tonumber(arg())
local lease = redis.call('GET', @{audit_lease})
if lease and string.match(lease, ' (.*)$') ~= holder then
  local oldest = redis.call('XRANGE', @{audit}, '-', '+', 'COUNT', 1)[1]
  return {'held', redis.call('PTTL', @{audit_lease}), oldest and oldest[2][2] or '', string.format('%.0f', now)}
end

if lease then
  redis.call('PEXPIRE', @{audit_lease}, duration)
else
  lease = redis.call('HINCRBY', @{audit_state}, 'fence', 1) .. ' ' .. holder
  redis.call('SET', @{audit_lease}, lease, 'PX', duration)
end
local state = redis.call('HMGET', @{audit_state}, 'last', 'mac', 'checkpoint', 'checkpoint_at', 'base')
return {'taken', lease, state[1] or '', state[2] or '', state[3] or '', state[4] or '0', state[5] or '',
  redis.call('HGET', @{shard}, 'audited') or '0', string.format('%.0f', now),
  redis.call('XRANGE', @{audit}, '-', '+', 'COUNT', most)}
