#!lua flags=no-writes,allow-oom
-- What all tenants' tasks of a shard are doing.
-- KEYS     1 the shard's base key
-- ARGV     names of counters
-- returns  {{counter, its sum, ...}, microseconds that the oldest queued task waits, entries the outbox lost}
-- derives  tenants, counts:T, ready:L:T, task:ID, outbox
-- memory   reads only
-- @part oldest
local fields, sums, oldest, lost = {}, {}, 0, 0
for i = 1, #ARGV do
  fields[i], sums[i] = ARGV[i], 0
end
for _, tenant in ipairs(redis.call('SMEMBERS', @{tenants})) do
  for i, value in ipairs(redis.call('HMGET', @{counts} .. tenant, unpack(fields))) do
    sums[i] = sums[i] + tonumber(value or 0)
  end
  oldest = math.max(oldest, oldest_wait(tenant))
end
if redis.call('EXISTS', @{outbox}) == 1 then
  local info = redis.call('XINFO', 'STREAM', @{outbox})
  local length, added = 0, 0
  for i = 1, #info, 2 do
    if info[i] == 'length' then length = info[i + 1] end
    if info[i] == 'entries-added' then added = info[i + 1] end
  end
  lost = added - length
end
local counted = {}
for i = 1, #ARGV do
  counted[2 * i - 1], counted[2 * i] = ARGV[i], sums[i]
end
return {counted, oldest, lost}
