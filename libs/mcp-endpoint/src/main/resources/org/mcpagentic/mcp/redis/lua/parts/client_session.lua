-- Whether a session belongs to an owner of a tenant.
local function is_of(id, tenant, owner)
  local known = redis.call('HMGET', @{mcp_session} .. id, 'tenant', 'owner')
  return known[1] == tenant and known[2] == owner
end
-- Lets go of a session.
local function forget_session(tenant, owner, id)
  redis.call('DEL', @{mcp_session} .. id, @{mcp_watched} .. id)
  redis.call('ZREM', @{mcp_sessions} .. tenant .. ':' .. owner, id)
end
