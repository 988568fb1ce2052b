#!lua flags=no-writes,allow-oom
-- Finds ended tasks that are kept no longer: by age, or because their tenant has more of them than are kept.
-- KEYS     1 the shard's base key
-- ARGV     cursor ('0' at first), age in microseconds, most ended tasks of a tenant, most ids to return
-- returns  {next cursor ('0' at the end), {tenant, id, ...}}; the same cursor where there may be more at it
-- derives  tenants, done:T
-- memory   reads only
local cursor, age, most, limit = arg(), tonumber(arg()), tonumber(arg()), tonumber(arg())
local page = redis.call('SSCAN', @{tenants}, cursor, 'COUNT', 100)
local found, more = {}, false
for _, tenant in ipairs(page[2]) do
  local left = limit - #found / 2
  if left <= 0 then
    more = true
    break
  end
  local order = @{done} .. tenant
  local excess = math.min(redis.call('ZCARD', order) - most, left)
  local ids = excess > 0 and redis.call('ZRANGE', order, 0, excess - 1) or {}
  if #ids < left then
    local old = redis.call('ZRANGE', order, '-inf', '(' .. string.format('%.0f', now - age), 'BYSCORE', 'LIMIT', #ids, left - #ids)
    for _, id in ipairs(old) do
      ids[#ids + 1] = id
    end
  end
  for _, id in ipairs(ids) do
    found[#found + 1] = tenant
    found[#found + 1] = id
  end
end
if #found / 2 >= limit then
  more = true
end
return {more and cursor or page[1], found}
