-- Appends a numbered entry to the shard's audit trail, which a sealer signs a moment later. Where a stranger's entry with a higher
-- number is in the way, the transition stands, and the sealer finds the gap.
local function audit(tenant, actor, action, target, detail)
  local number = redis.call('HINCRBY', @{shard}, 'audited', 1)
  redis.pcall('XADD', @{audit}, number .. '-0', 'at', string.format('%.0f', now), 'tenant', tenant, 'actor', actor,
    'action', action, 'target', target, 'detail', detail)
end
