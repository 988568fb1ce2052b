#!lua flags=allow-oom
-- Claims between two heartbeats; what only heartbeats do is left to them.
-- KEYS     1 the shard's base key
-- ARGV     worker, capacity (0 to 64), nonce, acknowledged nonce
-- returns  as tick.lua; nothing claimed where the worker's lease has ended
-- derives  workers, held:W, claims:W, cancels:W, deadlines, task:ID, counts:T, ready:L:T, ring:L, events:ID, live
-- memory   runs when Redis is full; sent twice with one nonce it claims once
-- @transition claim
-- @part events counts move claims
local worker, capacity, nonce, acknowledged = arg(), tonumber(arg()), arg(), arg()
local lease = redis.call('ZSCORE', @{workers}, worker)
if not lease or tonumber(lease) <= now then
  return pulse(worker, {}, acknowledged)
end
return claims(worker, capacity, nonce, acknowledged)
