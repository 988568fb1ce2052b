#!lua flags=no-writes,allow-oom
-- What is known of an API key.
-- KEYS     1 the shard's base key
-- ARGV     id
-- returns  fields of the key, {} where there is none
-- derives  api_key:ID
-- memory   reads only
return redis.call('HGETALL', @{api_key} .. arg())
