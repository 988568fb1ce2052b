-- Counts one processed piece of work and its response time in microseconds; bucket b of the histogram
-- holds times below 2^((b + 1) / 4) microseconds.
local function measure(counts, outcome, took)
  -- why: Redis' clock steps back when it is set, or when a replica with another clock takes over
  took = math.max(took, 0)
  add(counts, 'processed', 1)
  add(counts, outcome, 1)
  add(counts, 'time', took)
  add(counts, 'h:' .. math.floor(math.log(took + 1) / math.log(2) * 4), 1)
end
