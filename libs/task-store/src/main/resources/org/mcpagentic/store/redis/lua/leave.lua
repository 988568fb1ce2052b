#!lua flags=allow-oom
-- A worker gives its lease up: the next tick of another takes over what it still holds.
-- KEYS     1 the shard's base key
-- ARGV     worker
-- returns  1
-- derives  workers, work
-- memory   runs when Redis is full; safe to send twice
local worker = arg()
if redis.call('ZSCORE', @{workers}, worker) then
  redis.call('ZADD', @{workers}, now, worker)
  redis.call('PUBLISH', @{work}, '')
end
return 1
