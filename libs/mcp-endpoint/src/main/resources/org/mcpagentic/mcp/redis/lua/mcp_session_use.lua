#!lua flags=allow-oom
-- A client's session, whose time begins anew.
-- KEYS     1 the shard's base key
-- ARGV     session id, tenant, owner, milliseconds of its life without use
-- returns  {revision, capabilities, level, stream, watched resources...} | {} where the owner has no such session
-- derives  mcp_session:ID, mcp_watched:ID, mcp_sessions:T:O
-- memory   runs when Redis is full: what is under way goes on; sent twice it is used twice
-- @part client_session
local id, tenant, owner, life = arg(), arg(), arg(), tonumber(arg())
if not is_of(id, tenant, owner) then
  return {}
end
local all = @{mcp_sessions} .. tenant .. ':' .. owner
redis.call('PEXPIRE', @{mcp_session} .. id, life)
redis.call('PEXPIRE', @{mcp_watched} .. id, life)
redis.call('ZADD', all, string.format('%.0f', now / 1000 + life), id)
redis.call('PEXPIRE', all, life)
local s = redis.call('HMGET', @{mcp_session} .. id, 'version', 'client', 'level', 'stream')
local reply = {s[1], s[2], s[3] or '', s[4] or ''}
for _, uri in ipairs(redis.call('SMEMBERS', @{mcp_watched} .. id)) do
  reply[#reply + 1] = uri
end
return reply
