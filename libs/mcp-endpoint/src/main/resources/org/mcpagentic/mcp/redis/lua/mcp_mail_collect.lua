#!lua flags=no-writes,allow-oom
-- What came for requests of a session: cancellations of the client's, and answers to the server's. They go by themselves.
-- KEYS     1 the shard's base key
-- ARGV     session id, number of the client's requests, digests of their ids..., ids of the server's requests...
-- returns  {number of those that were cancelled, their digests..., id, answer, ...}
-- derives  mcp_mail:ID, mcp_cancelled:ID:DIGEST
-- memory   reads only
local session, requests = arg(), tonumber(arg())
local reply = {0}
for i = 3, 2 + requests do
  if redis.call('EXISTS', @{mcp_cancelled} .. session .. ':' .. ARGV[i]) == 1 then
    reply[1] = reply[1] + 1
    reply[#reply + 1] = ARGV[i]
  end
end
for i = 3 + requests, #ARGV do
  local answer = redis.call('HGET', @{mcp_mail} .. ARGV[i], 'answer')
  if answer then
    reply[#reply + 1] = ARGV[i]
    reply[#reply + 1] = answer
  end
end
return reply
