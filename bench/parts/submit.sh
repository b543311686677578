# Durable submits at 32 connections, GETs of a status, and the latency added to one connection.
submit() {
  begin_part submit
  start_fixed_upstream
  start_portkey
  sql -c 'create database gateway'
  start_gateway gateway "$FIXED"
  sql -c 'create database rows' && schema rows
  local s; s=$(secs 8)

  say "warming up"
  portkey_load 32 "$(secs 15)"
  # Until the JVM's compiler has come to rest: with two cores and full load that takes it more than a minute.
  load post.lua 32 "$(secs 100)" "http://127.0.0.1:$GATEWAY/v1/video/generations"
  job_paths gateway
  load get.lua 32 "$(secs 30)" "http://127.0.0.1:$GATEWAY"
  pgbench_rows 32 "$(secs 3)"

  # More than of other parts: where neighbours are busy, three rounds differ by a third.
  local round
  for round in $(seq "$(quick && echo 1 || echo 7)"); do
    load post.lua 32 "$s" "http://127.0.0.1:$GATEWAY/v1/video/generations"; loaded gateway
    portkey_load 32 "$s"; loaded portkey
    load post.lua 32 "$(secs 4)" "http://127.0.0.1:$PROXY/v1/video/generations"; loaded nginx
    pgbench_rows 32 "$s"; figure pgbench rate "$RATE"; say "pgbench: $RATE jobs/s"
    load get.lua 32 "$(secs 5)" "http://127.0.0.1:$GATEWAY"; loaded get
    load post.lua 1 "$(secs 5)" "http://127.0.0.1:$FIXED/v1/video/generations"; loaded direct-1
    load post.lua 1 "$(secs 5)" "http://127.0.0.1:$GATEWAY/v1/video/generations"; loaded gateway-1
    portkey_load 1 "$(secs 5)"; loaded portkey-1
    pgbench_rows 1 "$(secs 5)"; figure pgbench-1 latency_us "$LATENCY"; say "pgbench-1: $LATENCY us a job"
  done
  figure gateway rss_mb "$(rss_mb "$GATEWAY_PID")"
  stop "$GATEWAY_PID"; stop "$PORTKEY_PID"; stop "$NGINX_PID"
  sql -c 'drop database gateway' -c 'drop database rows'
}

portkey_load() { # connections seconds
  BENCH_PORTKEY_UPSTREAM="http://127.0.0.1:$FIXED/v1" load post.lua "$1" "$2" "http://127.0.0.1:$PORTKEY/v1/images/generations"
}
job_paths() { # database: the paths of up to 20,000 of its jobs
  export BENCH_PATHS=$WORK/paths.txt
  sql -d "$1" -c "select '/v1/video/generations/' || id from video_job where status <> 'submitting' order by random() limit 20000" >"$BENCH_PATHS"
}
pgbench_rows() { # connections seconds: sets RATE to jobs a second, LATENCY to microseconds a job
  local out
  out=$(pgbench -n -M prepared -c "$1" -j $(($1 > 1 ? 2 : 1)) -T "$2" -f "$BENCH/load/job.sql" rows 2>&1) || die "pgbench: $out"
  RATE=$(awk '/^tps/ { print $3 }' <<<"$out")
  LATENCY=$(awk '/^latency average/ { print 1000 * $4 }' <<<"$out")
}
