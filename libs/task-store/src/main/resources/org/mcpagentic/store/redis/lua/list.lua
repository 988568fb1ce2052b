#!lua flags=no-writes,allow-oom
-- The tenant's tasks, or those of them that were given up, or its approvals, or those that are pending, newest first, optionally of one status; looks at no more than 2,000 to fill a page.
-- KEYS     1 the shard's base key
-- ARGV     order (index|dead|approvals|pending), tenant, status or '', only below this number or '', limit
-- returns  {number the next page is below or '', {id, fields of the task or the approval}, ...}
-- derives  index:T, dead:T, task:ID, approvals:T, pending:T, approval:ID
-- memory   reads only
local order, tenant, status, below, limit = arg(), arg(), arg(), arg(), tonumber(arg())
local orders = {index = @{index}, dead = @{dead}, approvals = @{approvals}, pending = @{pending}}
local kind = (order == 'index' or order == 'dead') and @{task} or @{approval}
local ids = redis.call('ZRANGE', orders[order] .. tenant, below == '' and '+inf' or '(' .. below, '-inf',
  'BYSCORE', 'REV', 'LIMIT', 0, status == '' and limit + 1 or 2000)
local page, last = {''}, nil
for i, id in ipairs(ids) do
  local item = kind .. id
  local known = redis.call('HMGET', item, 'state', 'number')
  if #page > limit then
    page[1] = last
    return page
  end
  if known[1] then
    last = known[2]
    if status == '' or known[1] == status then
      page[#page + 1] = {id, redis.call('HGETALL', item)}
    end
  end
end
if #ids == 2000 then
  page[1] = last
end
return page
