#!lua
-- Approves what a tool was last seen as.
-- KEYS     1 the shard's base key
-- ARGV     id, tool, the hash of what is approved
-- returns  {'approved'} | {'unknown'} | {'outdated'}
-- derives  remote_version, remote_pins:S
-- memory   refused when Redis is full; sent twice it says the same
local pins = @{remote_pins} .. arg()
local tool, hash = arg(), arg()
local seen = redis.call('HGET', pins, 's:' .. tool)
local approved = redis.call('HGET', pins, 'h:' .. tool)
if not seen and not approved then
  return {'unknown'}
end
if seen ~= hash then
  return {not seen and approved == hash and 'approved' or 'outdated'}
end
redis.call('HSET', pins, 'h:' .. tool, hash, 'a:' .. tool, redis.call('HGET', pins, 'd:' .. tool))
redis.call('HDEL', pins, 's:' .. tool, 'd:' .. tool)
redis.call('HSET', pins, 'v', redis.call('INCRBY', @{remote_version}, 1))
return {'approved'}
