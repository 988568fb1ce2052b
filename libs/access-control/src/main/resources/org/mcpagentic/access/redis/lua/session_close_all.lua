#!lua flags=allow-oom
-- Ends all sessions of an owner.
-- KEYS     1 the shard's base key
-- ARGV     tenant, owner
-- returns  {how many there were}
-- derives  sign_in:ID, sign_ins:T:O
-- memory   runs when Redis is full; sent twice it returns {0}
local tenant, owner = arg(), arg()
local own = @{sign_ins} .. tenant .. ':' .. owner
local ended = 0
for _, id in ipairs(redis.call('ZRANGE', own, 0, -1)) do
  ended = ended + redis.call('DEL', @{sign_in} .. id)
end
redis.call('DEL', own)
return {ended}
