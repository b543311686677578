-- Asks for jobs by id, in turn, from a file of paths.
local paths = {}
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
wrk.headers["X-Reelgate-App"] = os.getenv("BENCH_APP") or "bench"
wrk.headers["Authorization"] = os.getenv("BENCH_AUTHORIZATION")
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end

dofile(os.getenv("BENCH_LOAD") .. "/summary.lua")
