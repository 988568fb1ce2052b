#!lua flags=no-writes,allow-oom
-- Reads all added servers, where anything has changed.
-- KEYS     1 the shard's base key
-- ARGV     the version that is known, or -1
-- returns  {} where it is still that | {version, {id, JSON, id, JSON, ...}}
-- derives  remote_servers, remote_version
-- memory   reads only
local version = redis.call('GET', @{remote_version}) or '0'
if version == arg() then
  return {}
end
return {version, redis.call('HGETALL', @{remote_servers})}
