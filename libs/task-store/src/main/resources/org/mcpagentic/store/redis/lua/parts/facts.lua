-- What is known of a memory beside its value; nothing where it has expired.
local function facts_of(tenant, key)
  local text = redis.call('HGET', @{memory_facts} .. tenant, key)
  if not text then
    return nil
  end
  local created, updated, expires, bytes, mark = string.match(text, '^(%d+) (%d+) (%d+) (%d+) ?(%S*)$')
  if expires ~= '0' and tonumber(expires) <= now then
    return nil
  end
  return {created = created, updated = updated, bytes = tonumber(bytes), mark = mark, text = text}
end
