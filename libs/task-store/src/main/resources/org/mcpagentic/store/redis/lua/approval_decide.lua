#!lua flags=allow-oom
-- A person decides on a request for approval; its task goes back to the queue where it waits for no other decision.
-- KEYS     1 the shard's base key
-- ARGV     audited (1|0), id, tenant, who decides, nonce, decision (approved|refused), revision that was shown or '', envelope of
--          other arguments or of the reason, or ''
-- returns  {'ok'} | {'unknown_approval'} | {'approval_changed'} | {'approval_decided'} (is not pending any more)
-- derives  approval:ID, pending:T, approval_due, task:ID, counts:T, events:ID, outbox, ready:L:T, ring:L, live, work, audit, shard
-- memory   runs when Redis is full; sent twice with one nonce it returns the first outcome
-- @transition resume
-- @part events outbox counts move ready resumed decided awaited audit
local audited, id, tenant, by, nonce, to = arg() == '1', arg(), arg(), arg(), arg(), arg()
local revision, words = arg(), arg()
local approval = @{approval} .. id
local known = redis.call('HMGET', approval, 'tenant', 'nonce')
if known[1] ~= tenant then
  return {'unknown_approval'}
end
if known[2] == nonce then
  return {'ok'}
end
local request = pending_request(id)
if not request then
  return {'approval_decided'}
end
if request.expires <= now then
  -- why here too: nobody may have ticked since
  close(request, 'expired')
  resume_when_decided(request)
  write_counts()
  write_events()
  return {'approval_decided'}
end
if revision ~= '' and tonumber(revision) ~= request.revision then
  return {'approval_changed'}
end

redis.call('HSET', approval, 'nonce', nonce, 'by', by, 'words', words)
close(request, to)
resume_when_decided(request)
write_counts()
write_events()
if audited then
  audit(tenant, by, 'approval.decide', request.task,
    request.step .. ' ' .. ((to == 'approved' and words ~= '') and 'edited' or to))
end
return {'ok'}
