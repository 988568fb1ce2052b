-- A task's time runs from when it is first queued; returns what changes in its hash.
local function deadline(id, timeout)
  if timeout == 0 then
    return {}
  end
  redis.call('ZADD', @{timeouts}, now + timeout, id)
  return {'deadline', now + timeout}
end
