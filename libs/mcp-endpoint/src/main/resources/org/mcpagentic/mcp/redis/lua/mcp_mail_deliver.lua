#!lua
-- Puts a client's answer where the replica that waits for it finds it.
-- KEYS     1 the shard's base key
-- ARGV     session id, tenant, owner, id of the server's request, answer, milliseconds for which it is kept
-- returns  {1} | {0} where nobody expects it in that session of the owner's
-- derives  mcp_session:ID, mcp_watched:ID, mcp_sessions:T:O, mcp_mail:ID
-- memory   refused when Redis is full: answers are as large as clients make them; sent twice the first one counts
-- @part client_session
local session, tenant, owner, id, answer, life = arg(), arg(), arg(), arg(), arg(), tonumber(arg())
local key = @{mcp_mail} .. id
if not is_of(session, tenant, owner) or redis.call('HGET', key, 'session') ~= session then
  return {0}
end
if redis.call('HSETNX', key, 'answer', answer) == 1 then
  redis.call('PEXPIRE', key, life)
end
return {1}
