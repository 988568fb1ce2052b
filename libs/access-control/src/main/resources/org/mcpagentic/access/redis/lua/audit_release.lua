#!lua flags=allow-oom
-- Gives back the right to seal, so that another sealer need not wait.
-- KEYS     1 the shard's base key
-- ARGV     lease
-- returns  {'released'} | {'late'}
-- derives  audit_lease
-- memory   runs when Redis is full; sent twice it does nothing more
local lease = arg()
if redis.call('GET', @{audit_lease}) ~= lease then
  return {'late'}
end

redis.call('DEL', @{audit_lease})
return {'released'}
