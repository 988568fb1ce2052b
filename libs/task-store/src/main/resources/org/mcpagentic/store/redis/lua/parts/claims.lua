-- What a worker gets: cancels, and as many tasks as it can take. Claims whose answer was lost are handed over again.
local function known_of(id)
  return redis.call('HMGET', @{task} .. id, 'state', 'tenant', 'attempt', 'claim', 'started', 'owner', 'session', 'lane',
    'private', 'public', 'journal', 'paused', 'deadline')
end
local function handed_over(id, f, attempt, token, started)
  return {id, attempt, token, f[6], f[7], f[2], f[8], f[9], f[10], f[11] and 1 or 0,
    math.max(now - started - tonumber(f[12] or 0), 0), f[13] and math.max(tonumber(f[13]) - now, 0) or -1}
end
local function pulse(worker, claimed, acknowledge)
  write_counts()
  write_events()
  return {redis.call('SMEMBERS', @{cancels} .. worker), claimed, acknowledge}
end

-- Each turn prefers a lane, 4 : 2 : 1; where that one is empty, the most urgent that is not. Within a lane tenants take
-- turns; where only one of all has something ready, it gets what there is at once.
local shares = {'high', 'high', 'high', 'high', 'normal', 'normal', 'low'}
local waiting, all = {}, 0
local function next_ready(turn, most)
  local lane = shares[turn % 7 + 1]
  if waiting[lane] == 0 then
    lane = waiting.high > 0 and 'high' or waiting.normal > 0 and 'normal' or 'low'
  end
  local ring = @{ring} .. lane
  local tenant = all == 1 and redis.call('LINDEX', ring, 0) or redis.call('LMOVE', ring, ring, 'LEFT', 'RIGHT')
  local list = @{ready} .. lane .. ':' .. tenant
  local ids = redis.call('LPOP', list, all == 1 and most or 1) or {}
  if redis.call('EXISTS', list) == 0 then
    redis.call('RPOP', ring)
    waiting[lane], all = waiting[lane] - 1, all - 1
  end
  return ids
end

local function claims(worker, capacity, nonce, acknowledged)
  local claimed, last, last_ids = {}, '', {}
  for word in string.gmatch(redis.call('GET', @{claims} .. worker) or '', '%S+') do
    if last == '' then
      last = word
    else
      last_ids[#last_ids + 1] = word
    end
  end
  if last ~= '' and last ~= acknowledged then
    for _, id in ipairs(last_ids) do
      if redis.call('HGET', @{held} .. worker, id) == last then
        local f = known_of(id)
        claimed[#claimed + 1] = handed_over(id, f, tonumber(f[3]), f[4], tonumber(f[5]))
      end
    end
    return pulse(worker, claimed, last)
  end
  if capacity == 0 then
    return pulse(worker, claimed, last)
  end

  for _, lane in ipairs({'high', 'normal', 'low'}) do
    waiting[lane] = redis.call('LLEN', @{ring} .. lane)
    all = all + waiting[lane]
  end
  local ids, holds, bounds, turn = {}, {}, {}, math.floor(now) % 7
  while #ids < capacity and all > 0 do
    for _, id in ipairs(next_ready(turn, capacity - #ids)) do
      local f = known_of(id)
      local to = claim[f[1]]
      if to then
        local n = #ids + 1
        local attempt, token, started = f[3] + 1, nonce .. '-' .. n, tonumber(f[5] or now)
        ids[n] = id
        holds[2 * n - 1], holds[2 * n] = id, nonce
        bounds[2 * n - 1], bounds[2 * n] = now + 60000000, id
        turn = turn + 1
        redis.call('HSET', @{task} .. id, 'state', to, 'worker', worker, 'claim', token, 'started', started, 'attempt', attempt,
          'batch', 0)
        move(f[2], f[1], to)
        emit(id, 'task.running', attempt)
        claimed[n] = handed_over(id, f, attempt, token, started)
      end
    end
  end
  if #ids == 0 then
    return pulse(worker, claimed, last)
  end
  redis.call('HSET', @{held} .. worker, unpack(holds))
  redis.call('ZADD', @{deadlines}, unpack(bounds))
  redis.call('SET', @{claims} .. worker, nonce .. ' ' .. table.concat(ids, ' '), 'EX', 3600)
  return pulse(worker, claimed, nonce)
end
