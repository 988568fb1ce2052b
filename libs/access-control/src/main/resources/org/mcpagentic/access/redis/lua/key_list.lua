#!lua flags=no-writes,allow-oom
-- A tenant's API keys, newest first.
-- KEYS     1 the shard's base key
-- ARGV     tenant, only below this number or '', limit
-- returns  {number the next page is below or '', {id, fields of the key}, ...}
-- derives  api_keys:T, api_key:ID
-- memory   reads only
-- @part newest
local tenant, below, limit = arg(), arg(), tonumber(arg())
local found, next = newest(@{api_keys} .. tenant, below, limit)
local page = {next}
for _, member in ipairs(found) do
  page[#page + 1] = {member[1], redis.call('HGETALL', @{api_key} .. member[1])}
end
return page
