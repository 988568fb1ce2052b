-- Puts a member at the end of a sorted set by creation; two never share a number, whatever the clock does.
local function append(set, member)
  local last = redis.call('ZRANGE', set, -1, -1, 'WITHSCORES')
  local number = math.max(now, last[2] and tonumber(last[2]) + 1 or 0)
  redis.call('ZADD', set, string.format('%.0f', number), member)
end

-- Members with their numbers, newest first, only below a number where one is given: {page, number the next page is below or ''}.
local function newest(set, below, limit)
  local found = redis.call('ZRANGE', set, below == '' and '+inf' or '(' .. below, '-inf', 'BYSCORE', 'REV',
    'LIMIT', 0, limit + 1, 'WITHSCORES')
  local page = {}
  for i = 1, math.min(#found / 2, limit) do
    page[i] = {found[2 * i - 1], string.format('%.0f', found[2 * i])}
  end
  return page, #found / 2 > limit and page[limit][2] or ''
end
