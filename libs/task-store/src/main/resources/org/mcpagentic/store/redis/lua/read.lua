#!lua flags=no-writes,allow-oom
-- A task with its journal and the approvals that it asked for at one instant.
-- KEYS     1 the shard's base key
-- ARGV     id, tenant
-- returns  {fields of the task, fields of the journal, newest event's number, {{id, fields of the approval}, ...}} or {} when unknown
-- derives  task:ID, journal:ID, events:ID, approval:ID
-- memory   reads only
local id, tenant = arg(), arg()
local task = redis.call('HGETALL', @{task} .. id)
local known = redis.call('HMGET', @{task} .. id, 'tenant', 'asked')
if #task == 0 or known[1] ~= tenant then
  return {}
end
local approvals = {}
for name in string.gmatch(known[2] or '', '%S+') do
  approvals[#approvals + 1] = {name, redis.call('HGETALL', @{approval} .. name)}
end
return {task, redis.call('HGETALL', @{journal} .. id), redis.call('LLEN', @{events} .. id), approvals}
