#!lua flags=no-writes,allow-oom
-- What all tenants' tasks of a shard are doing, and how full its Redis is.
-- KEYS     1 the shard's base key
-- ARGV     names of counters
-- returns  {{counter, its sum, ...}, microseconds that the oldest queued task waits, entries the outbox lost, microseconds that the
--          oldest request for approval waits, bytes of memory used, most bytes (0: no bound)}
-- derives  tenants, counts:T, ready:L:T, task:ID, outbox, pending:T, approval:ID
-- memory   reads only
-- @part oldest
local fields, sums, oldest, lost, asked = {}, {}, 0, 0, 0
for i = 1, #ARGV do
  fields[i], sums[i] = ARGV[i], 0
end
for _, tenant in ipairs(redis.call('SMEMBERS', @{tenants})) do
  for i, value in ipairs(redis.call('HMGET', @{counts} .. tenant, unpack(fields))) do
    sums[i] = sums[i] + tonumber(value or 0)
  end
  oldest = math.max(oldest, oldest_wait(tenant))
  local first = redis.call('ZRANGE', @{pending} .. tenant, 0, 0)[1]
  local requested = first and redis.call('HGET', @{approval} .. first, 'requested')
  if requested then
    asked = math.max(asked, now - tonumber(requested))
  end
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
local info = redis.call('INFO', 'memory')
return {counted, oldest, lost, asked, tonumber(string.match(info, 'used_memory:(%d+)')),
  tonumber(string.match(info, 'maxmemory:(%d+)'))}
