-- Takes keys with all that belongs to them out of a tenant's memory. The tenant is in the shard's list of what is due exactly
-- while something in its memory expires, so that what nobody asks for any more is found.
local function expired(tenant, most)
  return redis.call('ZRANGE', @{memory_expiry} .. tenant, '-inf', now, 'BYSCORE', 'LIMIT', 0, most)
end
local function bytes_of(tenant, keys)
  local bytes = 0
  for _, key in ipairs(keys) do
    bytes = bytes + tonumber(string.match(redis.call('HGET', @{memory_facts} .. tenant, key), '^%d+ %d+ %d+ (%d+)'))
  end
  return bytes
end
local function schedule(tenant)
  local first = redis.call('ZRANGE', @{memory_expiry} .. tenant, 0, 0, 'WITHSCORES')
  if first[2] then
    redis.call('ZADD', @{memory_due}, first[2], tenant)
  else
    redis.call('ZREM', @{memory_due}, tenant)
  end
end
local function forget(tenant, keys)
  local bytes = bytes_of(tenant, keys)
  for _, key in ipairs(keys) do
    redis.call('HDEL', @{memory} .. tenant, key)
    redis.call('HDEL', @{memory_facts} .. tenant, key)
    redis.call('ZREM', @{memory_keys} .. tenant, key)
    redis.call('ZREM', @{memory_expiry} .. tenant, key)
  end
  if bytes > 0 and redis.call('DECRBY', @{memory_bytes} .. tenant, bytes) == 0 then
    redis.call('DEL', @{memory_bytes} .. tenant)
  end
  schedule(tenant)
end
