#!lua flags=no-writes,allow-oom
-- Lists a tenant's entries, newest first, sealed or not.
-- KEYS     1 the shard's base key
-- ARGV     tenant, position to begin before or '+', most entries, most to look at, actor or '', action or ''
-- returns  {position to go on before or '' at the end, {id, fields} of each entry}
-- derives  audit, audit_sealed
-- memory   reads only
local tenant, before, limit, most, actor, action = arg(), arg(), tonumber(arg()), tonumber(arg()), arg(), arg()
local found, looked = {}, 0
for _, stream in ipairs({@{audit}, @{audit_sealed}}) do
  local from = before
  repeat
    local part = redis.call('XREVRANGE', stream, from, '-', 'COUNT', 200)
    for _, entry in ipairs(part) do
      local f = entry[2]
      looked = looked + 1
      if f[3] == 'tenant' and f[4] == tenant and f[5] == 'actor' and (actor == '' or f[6] == actor) and f[7] == 'action'
        and (action == '' or f[8] == action) then
        found[#found + 1] = entry
      end
      before = '(' .. entry[1]
      if #found == limit or looked == most then
        return {before, found}
      end
    end
    from = before
  until #part < 200
end
return {'', found}
