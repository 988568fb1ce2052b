-- Counts a decision off; with the last one that it waited for a task is resumed.
local function resume_when_decided(request)
  if redis.call('HINCRBY', @{task} .. request.task, 'pending', -1) <= 0 then
    local known = redis.call('HMGET', @{task} .. request.task, 'state', 'lane', 'attempt', 'suspended', 'paused')
    if resume[known[1]] then
      resumed(request.task, request.tenant, known[1], known[2], known[3], known[4], known[5])
    end
  end
end
