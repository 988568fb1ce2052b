#!lua
-- Names a key that there is not.
return redis.call('GET', @{nonsense})
