#!lua
-- Wants a transition that there is not.
-- @transition nonsense
return 1
