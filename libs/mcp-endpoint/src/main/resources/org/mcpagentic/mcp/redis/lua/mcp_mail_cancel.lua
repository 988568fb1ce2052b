#!lua
-- Notes that a client cancelled a request of its own.
-- KEYS     1 the shard's base key
-- ARGV     session id, tenant, owner, digest of the request's id, milliseconds for which it is kept
-- returns  {}
-- derives  mcp_session:ID, mcp_watched:ID, mcp_sessions:T:O, mcp_cancelled:ID:DIGEST
-- memory   refused when Redis is full: clients send as many as they like; sent twice it is noted once
-- @part client_session
local session, tenant, owner, request, life = arg(), arg(), arg(), arg(), arg()
if is_of(session, tenant, owner) then
  redis.call('SET', @{mcp_cancelled} .. session .. ':' .. request, '1', 'PX', life)
end
return {}
