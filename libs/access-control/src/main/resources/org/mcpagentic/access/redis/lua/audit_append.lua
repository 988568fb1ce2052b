#!lua flags=allow-oom
-- Appends an entry that no transition of the store writes.
-- KEYS     1 the shard's base key
-- ARGV     nonce, tenant, actor, action, target, detail
-- returns  {'appended'}
-- derives  audit_nonce:N, shard, audit, live
-- memory   runs when Redis is full; sent twice within a minute it appends once
-- @part audit
local nonce, tenant, actor, action, target, detail = arg(), arg(), arg(), arg(), arg(), arg()
if redis.call('SET', @{audit_nonce} .. nonce, '', 'NX', 'EX', 60) then
  audit(tenant, actor, action, target, detail)
  -- why: as after the store's own transitions, the sealer hears of it; nobody takes this word for a task's id
  redis.call('PUBLISH', @{live}, 'audit')
end
return {'appended'}
