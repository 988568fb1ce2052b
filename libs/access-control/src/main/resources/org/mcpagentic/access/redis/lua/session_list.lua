#!lua flags=no-writes,allow-oom
-- Where an owner is signed in.
-- KEYS     1 the shard's base key
-- ARGV     tenant, owner
-- returns  a list of {session id, started, seen, microsecond at which it ends unless it is used, user agent}
-- derives  sign_in:ID, sign_ins:T:O, api_key:ID
-- memory   reads only
-- @part session_standing
local tenant, owner = arg(), arg()
local rows = {}
for _, id in ipairs(redis.call('ZRANGE', @{sign_ins} .. tenant .. ':' .. owner, 0, -1)) do
  local stands = standing(id)
  if stands then
    local s = redis.call('HMGET', @{sign_in} .. id, 'started', 'seen', 'agent')
    rows[#rows + 1] = {id, s[1], s[2], stands[5], s[3]}
  end
end
return rows
