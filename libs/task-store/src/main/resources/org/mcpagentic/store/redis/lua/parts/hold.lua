-- A worker lets go of a task, whatever comes next.
local function let_go(id, worker, state)
  redis.call('HDEL', @{held} .. worker, id)
  redis.call('ZREM', @{deadlines}, id)
  if state == 'cancelling' then
    redis.call('SREM', @{cancels} .. worker, id)
  end
end
