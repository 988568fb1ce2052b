#!lua
-- Begins a client's session; where its owner has too many, the one that was unused for longest ends.
-- KEYS     1 the shard's base key
-- ARGV     session id, tenant, owner, revision, capabilities, milliseconds of its life without use, most sessions of an owner
-- returns  {}
-- derives  mcp_session:ID, mcp_watched:ID, mcp_sessions:T:O
-- memory   refused when Redis is full: a session is new work; sent twice it begins one session
-- @part client_session
local id, tenant, owner, version, client, life, most = arg(), arg(), arg(), arg(), arg(), tonumber(arg()), tonumber(arg())
local all = @{mcp_sessions} .. tenant .. ':' .. owner
redis.call('ZREMRANGEBYSCORE', all, '-inf', string.format('%.0f', now / 1000))
if redis.call('EXISTS', @{mcp_session} .. id) == 0 then
  local over = redis.call('ZCARD', all) + 1 - most
  if over > 0 then
    for _, oldest in ipairs(redis.call('ZRANGE', all, 0, over - 1)) do
      forget_session(tenant, owner, oldest)
    end
  end
end
redis.call('HSET', @{mcp_session} .. id, 'tenant', tenant, 'owner', owner, 'version', version, 'client', client)
redis.call('PEXPIRE', @{mcp_session} .. id, life)
redis.call('ZADD', all, string.format('%.0f', now / 1000 + life), id)
redis.call('PEXPIRE', all, life)
return {}
