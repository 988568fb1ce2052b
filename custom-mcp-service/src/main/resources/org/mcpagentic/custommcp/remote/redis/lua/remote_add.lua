#!lua
-- Adds a server, unless there is one of the name or there are too many.
-- KEYS     1 the shard's base key
-- ARGV     id, JSON, what the ids of its tenant begin with, most of a tenant, most of all
-- returns  {'added'} | {'taken'} | {'too_many'} | {'full'}
-- derives  shard, remote_servers, remote_version, remote_pins:S
-- memory   refused at the watermark and when Redis is full; sent twice it says the second time that the name is taken, unless it is the same
local id, json, prefix = arg(), arg(), arg()
local most_of_tenant, most = tonumber(arg()), tonumber(arg())
if redis.call('HGET', @{shard}, 'full') == '1' then
  return {'full'}
end
local known = redis.call('HGET', @{remote_servers}, id)
if known then
  return {known == json and 'added' or 'taken'}
end
local all = redis.call('HKEYS', @{remote_servers})
local own = 0
for _, other in ipairs(all) do
  if string.sub(other, 1, #prefix) == prefix then
    own = own + 1
  end
end
if own >= most_of_tenant or #all >= most then
  return {'too_many'}
end
redis.call('DEL', @{remote_pins} .. id)
redis.call('HSET', @{remote_servers}, id, json)
redis.call('INCRBY', @{remote_version}, 1)
return {'added'}
