-- Search pages for the queries of benches/queries.txt, in turn:
--   wrk -t2 -c32 -d30s --latency -s benches/search.lua http://127.0.0.1:8300
local paths = {}
for line in io.lines("benches/queries.txt") do
  if line ~= "" and line:sub(1, 1) ~= "#" then
    local encoded = line:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end)
    paths[#paths + 1] = "/search?q=" .. encoded
  end
end
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
