#!lua flags=no-writes,allow-oom
-- Reads what is known of a server's tools.
-- KEYS     1 the shard's base key
-- ARGV     id
-- returns  fields of its pins
-- derives  remote_pins:S
-- memory   reads only
return redis.call('HGETALL', @{remote_pins} .. arg())
