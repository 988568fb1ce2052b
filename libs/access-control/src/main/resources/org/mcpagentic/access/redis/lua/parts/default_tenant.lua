-- The tenant that is always there is written down when tenants are first asked for.
if redis.call('EXISTS', @{known_tenants}) == 0 then
  redis.call('ZADD', @{known_tenants}, string.format('%.0f', now), 'default')
end
