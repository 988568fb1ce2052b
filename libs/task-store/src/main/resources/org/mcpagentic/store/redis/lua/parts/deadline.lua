-- A task's time runs from when it is first queued.
local function set_deadline(id, timeout)
  if timeout > 0 then
    redis.call('HSET', @{task} .. id, 'deadline', now + timeout)
    redis.call('ZADD', @{timeouts}, now + timeout, id)
  end
end
