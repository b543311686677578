-- One line for machines: rate, percentiles in microseconds, errors.
done = function(summary, latency)
  local e = summary.errors
  local errors = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("FIGURES rate=%.1f p50=%d p99=%d errors=%d\n",
    (summary.requests - e.status) * 1e6 / summary.duration, latency:percentile(50), latency:percentile(99), errors))
end
