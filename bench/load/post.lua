-- Posts one small, realistic job over and over; counts every answer that is not a 2xx.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local provider = os.getenv("BENCH_PORTKEY_UPSTREAM")
if provider then
  wrk.headers["x-portkey-provider"] = "openai"
  wrk.headers["x-portkey-custom-host"] = provider
  wrk.headers["Authorization"] = "Bearer bench"
else
  wrk.headers["X-Reelgate-App"] = "bench"
end
wrk.body = '{"model":"doubao-seedance-2-0","prompt":"A red kite climbs over a white cliff at dawn, slow pan, '
  .. 'soft light, film grain","seconds":"5","size":"1280x720","metadata":{"seed":42,"watermark":false}}'

dofile(os.getenv("BENCH_LOAD") .. "/summary.lua")
