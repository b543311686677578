# Upstream calls a job, for tasks of 30 to 120 s, when the gateway has seen such jobs before: next to clients that poll
# every 5 s. All times of all contenders are divided by two, so that the run takes minutes.
calls() {
  begin_part calls
  local divisor=2 learn=480 measured=360 refresh=35
  quick && divisor=20 learn=24 measured=24 refresh=1
  figure - divisor "$divisor"
  free_port; local upstream=$PORT
  "$JAVA" "$BENCH/Upstream.java" "$upstream" 100 100 "$divisor" >"$LOGS/upstream.log" 2>&1 &
  local upstream_pid=$!; PIDS+=("$upstream_pid")
  await_port "$upstream" "$upstream_pid" upstream
  start_gateway calls "$upstream" "REELGATE_TRACKING_INTERVAL_MIN=$((5000 / divisor))ms" "REELGATE_TRACKING_INTERVAL_MAX=$((8000 / divisor))ms"

  say "$learn jobs to learn from"
  "$JAVA" "$BENCH/Clients.java" "http://127.0.0.1:$GATEWAY" "$learn" 24 0 || die "the jobs to learn from were refused"
  await_no_tickets
  sleep "$refresh"
  say "$measured jobs to measure, by the gateway and by clients"
  local began; began=$(date +%s%3N)
  "$JAVA" "$BENCH/Clients.java" "http://127.0.0.1:$upstream" "$measured" 8 $((5000 / divisor)) >"$WORK/clients.tsv" &
  local clients=$!; PIDS+=("$clients")
  "$JAVA" "$BENCH/Clients.java" "http://127.0.0.1:$GATEWAY" "$measured" 8 0
  await_no_tickets
  wait "$clients"

  curl -sf "http://127.0.0.1:$upstream/counts" >"$WORK/counts.tsv"
  sql -d calls -F $'\t' -c "
    select upstream_task_id, round(1000 * extract(epoch from finished_at) - split_part(upstream_task_id, '-', 2)::bigint
      - split_part(upstream_task_id, '-', 3)::bigint)
    from video_job where status = 'succeeded' and split_part(upstream_task_id, '-', 2)::bigint >= $began" >"$WORK/gateway.tsv"
  calls_of clients "$WORK/clients.tsv" "$divisor"
  calls_of gateway "$WORK/gateway.tsv" "$divisor"
  stop "$GATEWAY_PID"; stop "$upstream_pid"
  sql -c 'drop database calls'
}

await_no_tickets() {
  local deadline=$((SECONDS + 180))
  while [ "$(sql -d calls -c 'select count(*) from poll_ticket')" != 0 ]; do
    [ "$SECONDS" -lt "$deadline" ] || die "jobs are still in flight after three minutes"
    sleep 1
  done
}
calls_of() { # contender, its file of ids and delays, divisor: three thirds of the jobs, in the order of their start
  local third
  for third in 0 1 2; do
    sort -t- -k2,2n "$2" | awk -v "third=$third" '{ line[NR] = $0 } END { for (i = 1; i <= NR; i++) if (int((i - 1) * 3 / NR) == third) print line[i] }' >"$WORK/third.tsv"
    awk -F'\t' 'NR == FNR { calls[$1] = $2; next } { total += calls[$1]; n++ } END { if (n == 0) exit 1; print total / n }' "$WORK/counts.tsv" "$WORK/third.tsv" >"$WORK/calls.txt" \
      || die "no job of the $1 was found to have ended"
    figure "$1" calls_a_job "$(cat "$WORK/calls.txt")"
    figure "$1" delay_p50_s "$(cut -f2 "$WORK/third.tsv" | sort -n | awk -v "d=$3" '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] * d / 1000 }')"
    figure "$1" delay_p99_s "$(cut -f2 "$WORK/third.tsv" | sort -n | awk -v "d=$3" '{ v[NR] = $1 } END { print v[int(NR * 0.99 + 0.5)] * d / 1000 }')"
  done
  say "$1: $(cat "$WORK/calls.txt") calls a job in the last third"
}
