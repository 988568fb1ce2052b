-- Tells the shard's subscribers; an entry's id has its time. The stream is capped, what the cap loses shows as
-- entries-added minus length.
local function publish(kind, id, tenant, detail)
  redis.call('XADD', @{outbox}, 'MAXLEN', '~', 100000, '*', 'type', kind, 'id', id, 'tenant', tenant, 'detail', detail)
end
