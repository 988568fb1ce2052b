#!lua flags=allow-oom
-- Ends a client's session.
-- KEYS     1 the shard's base key
-- ARGV     session id, tenant, owner
-- returns  {1} | {0} where the owner has no such session
-- derives  mcp_session:ID, mcp_watched:ID, mcp_sessions:T:O
-- memory   runs when Redis is full: it makes room; sent twice it ends once
-- @part client_session
local id, tenant, owner = arg(), arg(), arg()
if not is_of(id, tenant, owner) then
  return {0}
end
forget_session(tenant, owner, id)
return {1}
