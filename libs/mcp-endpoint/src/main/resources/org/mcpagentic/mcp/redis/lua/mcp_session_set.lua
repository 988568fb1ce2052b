#!lua
-- Changes one thing about a client's session.
-- KEYS     1 the shard's base key
-- ARGV     session id, tenant, owner, 'level' | 'stream' | 'watch' | 'unwatch', value, milliseconds of its life, most watched resources
-- returns  {1} | {0} where the owner has no such session, or it watches too many resources
-- derives  mcp_session:ID, mcp_watched:ID, mcp_sessions:T:O
-- memory   refused when Redis is full: the client is told; sent twice it is changed once
-- @part client_session
local id, tenant, owner, what, value, life, most = arg(), arg(), arg(), arg(), arg(), tonumber(arg()), tonumber(arg())
if not is_of(id, tenant, owner) then
  return {0}
end
local watched = @{mcp_watched} .. id
if what == 'watch' then
  local uris = redis.call('SMEMBERS', watched)
  local there = false
  for _, uri in ipairs(uris) do
    there = there or uri == value
  end
  if not there and #uris >= most then
    return {0}
  end
  redis.call('SADD', watched, value)
  redis.call('PEXPIRE', watched, life)
elseif what == 'unwatch' then
  redis.call('SREM', watched, value)
else
  redis.call('HSET', @{mcp_session} .. id, what, value)
end
return {1}
