#!lua flags=allow-oom
-- Makes room for a client's answers to requests of the server's.
-- KEYS     1 the shard's base key
-- ARGV     session id, milliseconds until nobody waits any more, ids of the requests...
-- returns  {}
-- derives  mcp_mail:ID
-- memory   runs when Redis is full: what is under way goes on; sent twice it makes room once
local session, life = arg(), tonumber(arg())
for i = 3, #ARGV do
  redis.call('HSET', @{mcp_mail} .. ARGV[i], 'session', session)
  redis.call('PEXPIRE', @{mcp_mail} .. ARGV[i], life)
end
return {}
