-- What the API key of a session allows: scopes, limits, and when it ends (0: never); nothing where it is gone, revoked or at its end.
local function key_of(id, tenant)
  local key = redis.call('HMGET', @{api_key} .. id, 'tenant', 'scopes', 'limits', 'expires', 'revoked')
  local expires = tonumber(key[4] or '0')
  if key[1] ~= tenant or tonumber(key[5] or '0') ~= 0 or (expires ~= 0 and expires <= now) then
    return nil
  end
  return {scopes = key[2] or '', limits = key[3] or '', expires = expires}
end
-- Who a session stands for: tenant, owner, scopes, limits, and the microsecond at which it ends unless it is used; nothing where it is over.
local function standing(id)
  local s = redis.call('HMGET', @{sign_in} .. id, 'tenant', 'owner', 'key', 'scopes', 'limits', 'seen', 'ends', 'idle')
  if not s[1] then
    return nil
  end
  local ends = math.min(tonumber(s[6]) + tonumber(s[8]), tonumber(s[7]))
  local scopes, limits = s[4], s[5]
  if s[3] ~= '' then
    local key = key_of(s[3], s[1])
    if not key then
      return nil
    end
    scopes, limits = key.scopes, key.limits
    if key.expires ~= 0 then
      ends = math.min(ends, key.expires)
    end
  end
  if ends <= now then
    return nil
  end
  return {s[1], s[2], scopes, limits, string.format('%.0f', ends)}
end
