#!lua flags=no-writes,allow-oom
-- Part of the tenant's memory, in order of key; what has expired is left out.
-- KEYS     1 the shard's base key
-- ARGV     tenant, least and greatest key as ZRANGE BYLEX wants them, limit, bytes of values after which the page ends or 0
--          for a page without values
-- returns  {key the next page is behind or '', {key, facts, value envelope or ''}, ...}
-- derives  memory:T, memory_facts:T, memory_keys:T
-- memory   reads only
-- @part facts
local tenant, from, to, limit, most = arg(), arg(), arg(), tonumber(arg()), tonumber(arg())
local keys = redis.call('ZRANGE', @{memory_keys} .. tenant, from, to, 'BYLEX', 'LIMIT', 0, limit + 1)
local page, bytes = {''}, 0
for i, key in ipairs(keys) do
  if i > limit or (most > 0 and bytes >= most) then
    page[1] = keys[i - 1]
    return page
  end
  local facts = facts_of(tenant, key)
  if facts then
    local value = most > 0 and redis.call('HGET', @{memory} .. tenant, key) or ''
    bytes = bytes + #value
    page[#page + 1] = {key, facts.text, value}
  end
end
return page
