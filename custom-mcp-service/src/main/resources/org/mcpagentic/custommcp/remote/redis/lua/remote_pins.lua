#!lua flags=no-writes,allow-oom
-- Reads what is known of a server's tools, where anything of that has changed.
-- KEYS     1 the shard's base key
-- ARGV     id, the version that is known, or -1
-- returns  {} where it is still that | {version, fields of its pins}
-- derives  remote_pins:S
-- memory   reads only
local pins = @{remote_pins} .. arg()
local version = redis.call('HGET', pins, 'v') or '0'
if version == arg() then
  return {}
end
return {version, redis.call('HGETALL', pins)}
