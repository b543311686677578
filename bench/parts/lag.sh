# Detection lag: from a task's end at the upstream to its being on record, with many jobs in flight.
# Three windows of one run each; the polls and the CPU time are those of all three.
lag() {
  begin_part lag
  WINDOW=$(quick && echo 2 || echo 16)
  app_libraries
  local jobs
  for jobs in $(quick && echo 200 || echo 500 5000 20000); do
    # Little's law: 100 ms for nine tenths and 5 s for the rest make 0.59 s a poll; 6.5 s between two.
    local concurrency=$((jobs / 10 < 64 ? 64 : jobs / 5 > 2500 ? 2500 : jobs / 5))
    # Where the aim is, until the JVM's compiler has come to rest; no longer, since jobs of more than 300 s are polled less often.
    WARM=$(quick && echo 8 || { [ "$jobs" = 5000 ] && echo 230 || echo 120; })
    lag_of gateway "$jobs" "$concurrency"
    lag_of db-scheduler "$jobs" "$concurrency"
    if quick || [ "$jobs" = 5000 ]; then lag_of bare "$jobs" "$concurrency"; fi
  done
  quick || WARM=20 # a second a task: nothing to warm
  lag_of serial "$(quick && echo 200 || echo 500)" 1
  quick || lag_of serial 5000 1
}

lag_of() { # contender jobs concurrency
  local who=$1 jobs=$2 concurrency=$3 pid upstream name="$1-$2"
  free_port; upstream=$PORT
  "$JAVA" -Xmx1g "$BENCH/Upstream.java" "$upstream" 100 5000 1 >"$LOGS/upstream.log" 2>&1 &
  local upstream_pid=$!; PIDS+=("$upstream_pid")
  await_port "$upstream" "$upstream_pid" upstream
  local db=lag
  sql -c "create database $db"
  schema "$db"
  local jdbc="jdbc:postgresql://127.0.0.1:$PG_PORT/$db" seed=(-d "$db" -v "jobs=$jobs" -v "warm=$WARM" -v "seconds=$((3 * WINDOW))" -f "$BENCH/load/seed-lag.sql")
  case $who in
    gateway)
      sql -d "$db" -c 'drop schema public cascade; create schema public'
      start_gateway "$db" "$upstream" "REELGATE_TRACKING_CONCURRENCY=$concurrency" \
        "REELGATE_UPSTREAM_MAX_CONNECTIONS=$((concurrency > 128 ? concurrency : 128))"
      pid=$GATEWAY_PID
      sql "${seed[@]}" ;;
    db-scheduler)
      sql "${seed[@]}" -f "$BENCH/load/seed-db-scheduler.sql"
      "$JAVA" "${JVM[@]}" -cp "$APP_LIBRARIES:$(echo "$LIB"/db-scheduler-*.jar)" "$BENCH/DbSchedulerPoller.java" "$jdbc" \
        "http://127.0.0.1:$upstream" "$concurrency" >"$LOGS/db-scheduler.log" 2>&1 &
      pid=$!; PIDS+=("$pid") ;;
    bare)
      sql "${seed[@]}"
      "$JAVA" "${JVM[@]}" -cp "$APP_LIBRARIES" "$BENCH/BarePoller.java" "$jdbc" "http://127.0.0.1:$upstream" "$concurrency" >"$LOGS/bare.log" 2>&1 &
      pid=$!; PIDS+=("$pid") ;;
    serial)
      sql "${seed[@]}"
      "$JAVA" "${JVM[@]}" -cp "$APP_LIBRARIES" "$BENCH/SerialPoller.java" "$jdbc" "http://127.0.0.1:$upstream" >"$LOGS/serial.log" 2>&1 &
      pid=$!; PIDS+=("$pid") ;;
  esac
  sql -d "$db" -c 'vacuum analyze'
  sleep_until_age "$db" "$WARM"
  local polls cpu pg
  polls=$(upstream_polls "$upstream"); cpu=$(cpu_ticks "$pid"); pg=$(pg_ticks)
  sleep_until_age "$db" $((WARM + 3 * WINDOW))
  polls=$(($(upstream_polls "$upstream") - polls)); cpu=$(($(cpu_ticks "$pid") - cpu)); pg=$(($(pg_ticks) - pg))
  sleep $(quick && echo 1 || echo 14) # lets the last ones be found
  kill -0 "$pid" || die "$who ended; see bench/work/logs"
  local hz window row; hz=$(getconf CLK_TCK)
  for window in $([ "$who" = bare ] || echo 0 1 2); do # nothing is on record of the calls alone
    row=$(sql -d "$db" -F ' ' -v "from=$((WARM + window * WINDOW))" -v "to=$((WARM + (window + 1) * WINDOW))" -f "$BENCH/load/lag.sql")
    set -- $row
    figure "$name" lag_p50_s "$1"; figure "$name" lag_p99_s "$2"; figure "$name" ended "$3"; figure "$name" found "$4"
    say "$name: lag p50 $1 s, p99 $2 s, found $4 of $3"
  done
  figure "$name" polls_per_s $((polls / (3 * WINDOW)))
  figure "$name" polls_per_cpu_s "$(awk "BEGIN { print $polls * $hz / ($cpu > 0 ? $cpu : 1) }")"
  figure "$name" polls_per_cpu_s_with_pg "$(awk "BEGIN { print $polls * $hz / ($cpu + $pg > 0 ? $cpu + $pg : 1) }")"
  figure "$name" concurrency "$concurrency"
  say "$name: $polls polls, own CPU $cpu ticks, PostgreSQL's $pg"
  stop "$pid"; stop "$upstream_pid"
  sql -c "drop database $db with (force)"
}

upstream_polls() { curl -sf "http://127.0.0.1:$1/polls" || die "the upstream does not answer"; }
sleep_until_age() { # database seconds since its tasks began
  sleep "$(sql -d "$1" -c "select greatest(0, $2 - extract(epoch from clock_timestamp() - min(accepted_at))) from video_job")"
}
app_libraries() { # sets APP_LIBRARIES: the gateway's own, for the contenders that share them
  rm -rf "$WORK/app"
  "$JAVA" -Djarmode=tools -jar "$JAR" extract --destination "$WORK/app" >/dev/null
  APP_LIBRARIES="$WORK/app/lib/*"
}
