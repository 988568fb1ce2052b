-- Keeps the session that the work belongs to; both keys live 24 hours beyond the last activity. Its place among the
-- active ones is renewed every 10 s at most.
local function touch_session(tenant, session, agent)
  local key = @{session} .. tenant .. ':' .. session
  local known = redis.call('HMGET', key, 'count', 'kept')
  if known[1] and now - tonumber(known[2]) < 10000000 then
    redis.call('HSET', key, 'count', known[1] + 1, 'last', now)
    return
  end
  if known[1] then
    redis.call('HSET', key, 'count', known[1] + 1, 'last', now, 'kept', now)
  else
    redis.call('HSET', key, 'count', 1, 'start', now, 'agent', agent, 'last', now, 'kept', now)
  end
  redis.call('EXPIRE', key, 86400)
  local active = @{sessions} .. tenant
  redis.call('ZADD', active, now, session)
  redis.call('ZREMRANGEBYSCORE', active, '-inf', now - 86400000000)
  redis.call('EXPIRE', active, 86400)
end
