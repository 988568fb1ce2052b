#!lua flags=allow-oom
-- Forgets an added server and what was approved of it.
-- KEYS     1 the shard's base key
-- ARGV     id
-- returns  {1 where there was one, otherwise 0}
-- derives  remote_servers, remote_version, remote_pins:S
-- memory   runs when Redis is full; sent twice it says the second time that there is none
local id = arg()
local removed = redis.call('HDEL', @{remote_servers}, id)
if removed == 1 then
  redis.call('DEL', @{remote_pins} .. id)
  redis.call('INCRBY', @{remote_version}, 1)
end
return {removed}
