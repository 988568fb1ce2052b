#!lua flags=no-writes,allow-oom
-- What came for a request of a client's: its cancellation, and answers to requests of the server's. They go by themselves.
-- KEYS     1 the shard's base key
-- ARGV     session id, digest of the request's id, ids of the server's requests...
-- returns  {1 where it was cancelled or 0, id, answer, ...}
-- derives  mcp_mail:ID, mcp_cancelled:ID:DIGEST
-- memory   reads only
local session, request = arg(), arg()
local reply = {redis.call('EXISTS', @{mcp_cancelled} .. session .. ':' .. request)}
for i = 3, #ARGV do
  local answer = redis.call('HGET', @{mcp_mail} .. ARGV[i], 'answer')
  if answer then
    reply[#reply + 1] = ARGV[i]
    reply[#reply + 1] = answer
  end
end
return reply
