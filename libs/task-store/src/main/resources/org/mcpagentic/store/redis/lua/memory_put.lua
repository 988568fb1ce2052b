#!lua
-- Keeps a value under a key of the tenant's memory; the same value again changes nothing but when it expires.
-- KEYS     1 the shard's base key
-- ARGV     tenant, key, value envelope, mark that is the same for the same value where its envelope is not, or '', bytes of key
--          and value, microseconds until it expires or 0 for never, most entries, most bytes
-- returns  {'kept', facts} | {'full'} | {'memory_full', 'entries'|'bytes', the most there may be}; facts are created, updated
--          and expires (0 for never) in microseconds, bytes, and the mark where there is one, in one text
-- derives  shard, memory:T, memory_facts:T, memory_keys:T, memory_expiry:T, memory_bytes:T, memory_due
-- memory   refused at the watermark and when Redis is full; sent twice it keeps one entry with the first times
-- @part facts forget
local tenant, key, value, mark, bytes, expiry = arg(), arg(), arg(), arg(), tonumber(arg()), tonumber(arg())
local most_entries, most_bytes = tonumber(arg()), tonumber(arg())
local facts = facts_of(tenant, key)
local same = facts and (mark ~= '' and facts.mark == mark or redis.call('HGET', @{memory} .. tenant, key) == value)
local held = facts and facts.bytes or 0
local gone = expired(tenant, -1)

if not same then
  if redis.call('HGET', @{shard}, 'full') == '1' then
    return {'full'}
  end
  if not facts and redis.call('ZCARD', @{memory_keys} .. tenant) - #gone >= most_entries then
    return {'memory_full', 'entries', most_entries}
  end
  local all = tonumber(redis.call('GET', @{memory_bytes} .. tenant) or '0') - bytes_of(tenant, gone)
  if bytes > held and all - held + bytes > most_bytes then
    return {'memory_full', 'bytes', most_bytes}
  end
end

forget(tenant, gone)
local created = facts and facts.created or string.format('%.0f', now)
local updated = same and facts.updated or string.format('%.0f', now)
local expires = expiry > 0 and string.format('%.0f', now + expiry) or '0'
local text = created .. ' ' .. updated .. ' ' .. expires .. ' ' .. bytes .. (mark ~= '' and ' ' .. mark or '')
redis.call('HSET', @{memory} .. tenant, key, value)
redis.call('HSET', @{memory_facts} .. tenant, key, text)
redis.call('ZADD', @{memory_keys} .. tenant, 0, key)
redis.call('INCRBY', @{memory_bytes} .. tenant, bytes - held)
if expiry > 0 then
  redis.call('ZADD', @{memory_expiry} .. tenant, expires, key)
else
  redis.call('ZREM', @{memory_expiry} .. tenant, key)
end
schedule(tenant)
return {'kept', text}
