-- Puts a task into its tenant's lane. A tenant is in the lane's ring exactly while it has something in the lane, so
-- the first task enters it and wakes the workers; while more wait, the workers need no waking.
local function make_ready(id, tenant, lane, first)
  local list = @{ready} .. lane .. ':' .. tenant
  if redis.call(first and 'LPUSH' or 'RPUSH', list, id) == 1 then
    redis.call('RPUSH', @{ring} .. lane, tenant)
    redis.call('PUBLISH', @{work}, '')
  end
end
