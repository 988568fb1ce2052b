#!lua flags=allow-oom
-- Who stands behind a session's token; that may count as its use. A session that is over is let go.
-- KEYS     1 the shard's base key
-- ARGV     session id, hash of the secret, 1 where it is a use or 0
-- returns  {tenant, owner, scopes, limits, microsecond at which it ends unless it is used} | {}
-- derives  sign_in:ID, sign_ins:T:O, api_key:ID
-- memory   runs when Redis is full; sent twice it is used twice at one time
-- @part session_standing session_end
local id, hash, use = arg(), arg(), arg() == '1'
local key = @{sign_in} .. id
local known = redis.call('HMGET', key, 'hash', 'tenant', 'owner', 'seen', 'ends', 'idle')
-- why this may be a plain comparison: both are HMACs, and nobody who guesses at secrets can steer towards one
if not known[1] or known[1] ~= hash then
  return {}
end
if not standing(id) then
  end_session(known[2], known[3], id)
  return {}
end
local idle = tonumber(known[6])
-- why not each time: uses within a minute are one, of short sessions within a quarter of their time
if use and now - tonumber(known[4]) >= math.min(60000000, idle / 4) then
  redis.call('HSET', key, 'seen', string.format('%.0f', now))
  redis.call('PEXPIRE', key, math.ceil(math.min(idle, tonumber(known[5]) - now) / 1000))
end
return standing(id)
