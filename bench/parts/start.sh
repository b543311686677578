# Start to ready, what the first to come find, and resident memory, with the image's AOT cache and without; and the same when warm.
start() {
  begin_part start
  local app=$WORK/start
  rm -rf "$app"
  "$JAVA" -Djarmode=tools -jar "$JAR" extract --destination "$app" >/dev/null
  say "training the AOT cache"
  (cd "$app" && "$JAVA" -XX:AOTCacheOutput=reelgate.aot -Xlog:aot=error --enable-native-access=ALL-UNNAMED \
    -Dspring.context.exit=onRefresh -Dspring.profiles.active=sandbox -Dspring.datasource.url=jdbc:postgresql://127.0.0.1/none \
    -Dspring.flyway.enabled=false -Dspring.sql.init.mode=never -Dspring.jpa.hibernate.ddl-auto=none \
    -Dspring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect \
    -Dspring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false -Dreelgate.ops.password=none \
    -jar "$app/reelgate.jar") >"$LOGS/aot.log" 2>&1 || die "the AOT training failed; see bench/work/logs/aot.log"
  start_fixed_upstream
  local round
  sql -c 'create database start'
  GATEWAY_JAR=$app/reelgate.jar
  start_gateway start "$FIXED"; stop "$GATEWAY_PID" # the migrations are not part of a start
  for round in $(seq "$ROUNDS"); do
    start_once aot "-XX:AOTCache=$app/reelgate.aot"
    start_once plain
  done
  when_warm "-XX:AOTCache=$app/reelgate.aot"
  unset GATEWAY_JAR
  stop "$NGINX_PID"
  sql -c 'drop database start'
}

start_once() { # contender options...
  local who=$1 began; shift
  forget_jobs
  began=$(date +%s%3N)
  start_gateway start "$FIXED" -- "$@"
  figure "$who" ready_ms $(($(date +%s%3N) - began))
  first_seconds "$who"
  figure "$who" load_rss_mb "$(rss_mb "$GATEWAY_PID")"
  stop "$GATEWAY_PID"
  # Once more for what else comes first: after a load nothing would be the first.
  start_gateway start "$FIXED" -- "$@"
  first_answers "$who"
  sleep $(quick && echo 0 || echo 4)
  figure "$who" idle_rss_mb "$(rss_mb "$GATEWAY_PID")"
  stop "$GATEWAY_PID"
}

when_warm() { # options...: the same of one that had minutes of load
  local round
  forget_jobs
  start_gateway start "$FIXED" -- "$@"
  load post.lua 32 "$(secs 150)" "http://127.0.0.1:$GATEWAY/v1/video/generations"
  for _ in $(seq "$(secs 200)"); do answer_ms -u ops:bench-ops-password "http://127.0.0.1:$GATEWAY/ops" >/dev/null; done
  for round in $(seq "$ROUNDS"); do
    forget_jobs
    first_seconds warm
    first_answers warm
  done
  stop "$GATEWAY_PID"
}

forget_jobs() { # those of one start would be polled by the next, in the seconds that are measured
  sql -d start -c 'set client_min_messages = warning' -c 'truncate video_job, job_event, poll_ticket cascade'
}

first_seconds() { # contender: sets JOB to the id of a job
  load post.lua 32 "$(secs 10)" "http://127.0.0.1:$GATEWAY/v1/video/generations"
  figure "$1" first10_rate "$RATE"; figure "$1" first10_p99_us "$P99"; figure "$1" first10_errors "$ERRORS"
  say "$1: $RATE/s in the first 10 s, p99 $P99 us, errors $ERRORS"
  JOB=$(curl -sS -H 'Content-Type: application/json' -d '{"model":"doubao-seedance-2-0","prompt":"A red kite"}' \
    "http://127.0.0.1:$GATEWAY/v1/video/generations" | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')
  [ -n "$JOB" ] || die "a job was not taken"
}

first_answers() { # contender: a page of the console, then a status
  local page get
  page=$(answer_ms -u ops:bench-ops-password "http://127.0.0.1:$GATEWAY/ops")
  get=$(answer_ms "http://127.0.0.1:$GATEWAY/v1/video/generations/$JOB")
  figure "$1" page_ms "$page"; figure "$1" get_ms "$get"
  say "$1: a page of the console in $page ms, a status in $get ms"
}
answer_ms() { # curl's arguments; whatever is no 200 ends the bench
  local said
  said=$(curl -sS -o /dev/null -w '%{http_code} %{time_total}' "$@") || die "curl: $said"
  [ "${said% *}" = 200 ] || die "the gateway answered $said"
  awk "BEGIN { printf \"%.1f\", 1000 * ${said#* } }"
}
