#!lua flags=no-writes,allow-oom
-- A task with its journal at one instant.
-- KEYS     1 the shard's base key
-- ARGV     id, tenant
-- returns  {fields of the task, fields of the journal, newest event's number} or {} when unknown
-- derives  task:ID, journal:ID, events:ID
-- memory   reads only
local id, tenant = arg(), arg()
local task = redis.call('HGETALL', @{task} .. id)
if #task == 0 or redis.call('HGET', @{task} .. id, 'tenant') ~= tenant then
  return {}
end
return {task, redis.call('HGETALL', @{journal} .. id), redis.call('LLEN', @{events} .. id)}
