-- Keeps the session that the work belongs to; both keys live 24 hours beyond the last activity.
local function touch_session(tenant, session, agent)
  local key = @{session} .. tenant .. ':' .. session
  if redis.call('HINCRBY', key, 'count', 1) == 1 then
    redis.call('HSET', key, 'start', now, 'agent', agent)
  end
  redis.call('HSET', key, 'last', now)
  redis.call('EXPIRE', key, 86400)
  local active = @{sessions} .. tenant
  redis.call('ZADD', active, now, session)
  redis.call('ZREMRANGEBYSCORE', active, '-inf', now - 86400000000)
  redis.call('EXPIRE', active, 86400)
end
