#!lua flags=allow-oom
-- Takes one request from a bucket.
-- KEYS     1 the shard's base key
-- ARGV     guards: one rate
-- returns  {'ok', left, microseconds until it is full} | {'refused', kind of guard, microseconds}
-- derives  guard:N
-- memory   runs when Redis is full; sent twice it takes two, which errs to the safe side
-- @part guards
local guards = read_guards()
local guard, wait = refused_by(guards)
if guard then
  return {'refused', guard, wait}
end
local left, full = charge(guards, '')
return {'ok', left, full}
