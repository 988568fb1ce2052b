-- A worker lets go of a task, whatever comes next.
local function let_go(id, worker)
  redis.call('HDEL', @{held} .. worker, id)
  redis.call('ZREM', @{deadlines}, id)
  redis.call('SREM', @{cancels} .. worker, id)
end
