-- Begins a session; where its owner has as many as may be, the one that was unused for longest goes.
local function begin_session(s)
  local own = @{sign_ins} .. s.tenant .. ':' .. s.owner
  local longest, oldest
  for _, other in ipairs(redis.call('ZRANGE', own, 0, -1)) do
    local seen = redis.call('HGET', @{sign_in} .. other, 'seen')
    if not seen then
      redis.call('ZREM', own, other)
    elseif not oldest or tonumber(seen) < longest then
      longest, oldest = tonumber(seen), other
    end
  end
  if oldest and redis.call('ZCARD', own) >= s.most then
    end_session(s.tenant, s.owner, oldest)
  end
  local ends = now + s.absolute
  if s.cap ~= 0 then
    ends = math.min(ends, s.cap)
  end
  local key = @{sign_in} .. s.id
  redis.call('HSET', key, 'hash', s.hash, 'tenant', s.tenant, 'owner', s.owner, 'key', s.key, 'scopes', s.scopes,
    'limits', s.limits, 'agent', s.agent, 'started', string.format('%.0f', now), 'seen', string.format('%.0f', now),
    'ends', string.format('%.0f', ends), 'idle', string.format('%.0f', s.idle))
  redis.call('PEXPIRE', key, math.ceil(math.max(math.min(s.idle, ends - now), 1000) / 1000))
  redis.call('ZADD', own, string.format('%.0f', ends), s.id)
  local last = redis.call('ZRANGE', own, -1, -1, 'WITHSCORES')
  redis.call('PEXPIREAT', own, math.ceil(tonumber(last[2]) / 1000))
end
