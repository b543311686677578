# 64 bodies of 30 MB at once, on a heap of 1 GB: taken or refused with a clear 503, and nothing else.
bodies() {
  begin_part bodies
  start_fixed_upstream
  start_gateway bodies "$FIXED" -- -Xmx1g
  local round row many=64 megabytes=30
  quick && many=8 megabytes=3
  # Java's client copies each body before it sends it, hence its heap.
  for round in $(seq "$ROUNDS"); do
    row=$("$JAVA" -Xmx3g "$BENCH/Bodies.java" "http://127.0.0.1:$GATEWAY/v1/video/generations" "$many" "$megabytes" 2>>"$LOGS/bodies.log")
    set -- $row
    figure gateway taken "$1"; figure gateway refused_503 "$2"; figure gateway errors "$3"
    say "taken $1, refused with 503 $2, anything else $3"
  done
  kill -0 "$GATEWAY_PID" || die "the gateway ended"
  figure gateway peak_rss_mb "$(awk '/^VmHWM/ { printf "%d", $2 / 1024 }' "/proc/$GATEWAY_PID/status")"
  figure gateway out_of_memory "$(grep -c OutOfMemoryError "$LOGS/gateway.log" || true)"
  stop "$GATEWAY_PID"; stop "$NGINX_PID"
  sql -c 'drop database bodies'
}
