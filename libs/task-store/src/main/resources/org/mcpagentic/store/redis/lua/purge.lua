#!lua flags=allow-oom
-- Removes ended tasks with all that belongs to them, and counts them.
-- KEYS     1 the shard's base key
-- ARGV     ids
-- returns  how many were removed; what is unknown or has not ended is left alone
-- derives  task:ID, journal:ID, events:ID, counts:T, index:T, done:T, dead:T, approval:ID, approvals:T
-- memory   runs when Redis is full; sent twice it removes and counts once
-- @final
local removed = 0
for _, id in ipairs(ARGV) do
  local task = @{task} .. id
  local known = redis.call('HMGET', task, 'state', 'tenant', 'asked')
  local state, tenant = known[1], known[2]
  if state and final[state] then
    redis.call('UNLINK', task, @{journal} .. id, @{events} .. id)
    for name in string.gmatch(known[3] or '', '%S+') do
      redis.call('UNLINK', @{approval} .. name)
      redis.call('ZREM', @{approvals} .. tenant, name)
    end
    redis.call('ZREM', @{index} .. tenant, id)
    redis.call('ZREM', @{done} .. tenant, id)
    redis.call('ZREM', @{dead} .. tenant, id)
    redis.call('HINCRBY', @{counts} .. tenant, 's:' .. state, -1)
    redis.call('HINCRBY', @{counts} .. tenant, 'p:' .. state, 1)
    removed = removed + 1
  end
end
return removed
