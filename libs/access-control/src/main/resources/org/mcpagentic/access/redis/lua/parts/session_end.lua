-- Lets a session go, and its place among its owner's.
local function end_session(tenant, owner, id)
  redis.call('DEL', @{sign_in} .. id)
  redis.call('ZREM', @{sign_ins} .. tenant .. ':' .. owner, id)
end
