#!lua
-- Wants a part that there is not.
-- @part nonsense
return 1
