# Telling apps of their jobs' ends: from the record's end to the answer of who waits, with thousands waiting on one replica, next to apps
# that ask every 5 s; from the end's commit to the webhook's arrival, alone and while others hang at dead receivers; and what it costs.
tell() {
  begin_part tell
  tell_waiters
  tell_webhooks alone
  tell_webhooks hanging
}

# --- who waits, and who polls ----------------------------------------------------------------------------------------
tell_waiters() {
  local waiting=5000 ending=1000 seconds=20 apart=10
  quick && waiting=100 ending=20 seconds=2 apart=3
  figure - waiting "$waiting"
  # The heap in which the gateway by itself takes so many connections; in the 1 GB of the other parts it lets fewer wait.
  start_gateway tell 9 -- -Xms2400m -Xmx2400m
  tell_seed 1 0 0 0; tell_end 1 # warm, a little
  sql -d tell -c 'truncate video_job cascade'
  tell_idle nobody "$apart"
  tell_seed "$waiting" 0 0 0
  sql -d tell -c 'select id from video_job' >"$WORK/tell-ids.txt"
  local who
  for who in poll wait; do
    sql -d tell -c "update video_job set status = 'queued', finished_at = null"
    local before_rss before_heap; before_rss=$(rss_mb "$GATEWAY_PID"); before_heap=$(heap_mb)
    "$JAVA" "$BENCH/Tell.java" "$who" "$GATEWAY" "$WORK/tell-ids.txt" "$WORK/tell-$who.tsv" >"$LOGS/tell-$who.log" 2>&1 &
    local apps=$!; PIDS+=("$apps")
    sleep "$(quick && echo 4 || echo 16)"
    if [ "$who" = wait ]; then
      tell_idle waiting "$apart"
      figure wait waiting_now "$(metric reelgate_waiting)"
      figure wait rss_kb_each "$(awk "BEGIN { print ($(rss_mb "$GATEWAY_PID") - $before_rss) * 1024 / $waiting }")"
      figure wait heap_kb_each "$(awk "BEGIN { print ($(heap_mb) - $before_heap) * 1024 / $waiting }")"
    fi
    tell_end "$ending" "$seconds"
    sleep "$(quick && echo 6 || echo 8)"
    stop "$apps"
    tell_delays "$who" "$WORK/tell-$who.tsv" "select id, finished_at from video_job where status = 'succeeded'"
  done
  stop "$GATEWAY_PID"
  sql -c 'drop database tell with (force)'
}
tell_seed() { sql -d tell -v "jobs=$1" -v "rate=$2" -v "delay=$3" -v "hook=$4" -v "apps=5" -f "$BENCH/load/seed-tell.sql"; sql -d tell -c 'analyze'; }
tell_end() { # how-many [seconds]: as another replica would, which is the slower way: this one is not woken
  sql -d tell -c "do \$\$ begin
    for i in 1 .. $1 loop
      update video_job set status = 'succeeded', progress = 100, finished_at = clock_timestamp(), url = 'https://127.0.0.1/films/1.mp4'
      where id = (select id from video_job where status = 'queued' limit 1);
      commit;
      perform pg_sleep(${2:-0}::float / $1);
    end loop; end \$\$"
}
tell_idle() { # when, seconds: what the gateway does with nothing ending
  sleep 2
  local ticks statements
  ticks=$(cpu_ticks "$GATEWAY_PID"); statements=$(tell_statements)
  sleep "$2"
  figure "$1" cpu_percent "$(awk "BEGIN { print ($(cpu_ticks "$GATEWAY_PID") - $ticks) / $2 }")"
  figure "$1" statements_per_s "$(awk "BEGIN { print ($(tell_statements) - $statements) / $2 }")"
}
tell_statements() { # transactions, one a statement but where a job changes; those of autovacuum are few
  sleep 1.1 # a backend reports once a second
  sql -c "select xact_commit + xact_rollback from pg_stat_database where datname = 'tell'"
}
metric() { curl -sf -u ops:bench-ops-password "http://127.0.0.1:$GATEWAY/actuator/prometheus" | awk -v "name=$1" '$1 ~ "^" name "({|$)" { sum += $2 } END { printf "%d", sum }'; }
heap_mb() { # what is alive
  "$JAVA_HOME/bin/jcmd" "$GATEWAY_PID" GC.run >/dev/null
  curl -sf -u ops:bench-ops-password "http://127.0.0.1:$GATEWAY/actuator/prometheus" \
    | awk '/^jvm_memory_used_bytes.*area="heap"/ { sum += $2 } END { printf "%.2f", sum / 1048576 }'
}
tell_delays() { # contender, file of ids and milliseconds, query of ids and times; who was not told counts as told just now
  sql -d tell -c 'create temp table told (id text, at bigint)' -c "\\copy told from '$2'" -F ' ' -c "
    with delay as (select greatest(coalesce(told.at, 1000 * extract(epoch from now())) - 1000 * extract(epoch from asked.began), 0) / 1000 as s, told.id from ($3) asked (id, began)
      left join (select id, min(at) as at from told group by id) told on told.id = asked.id)
    select coalesce(round(percentile_cont(0.5) within group (order by s)::numeric, 3), -1),
      coalesce(round(percentile_cont(0.99) within group (order by s)::numeric, 3), -1),
      coalesce(round(max(s)::numeric, 3), -1), count(*), count(id) from delay" >"$WORK/tell-row.txt"
  set -- "$1" $(tail -1 "$WORK/tell-row.txt")
  figure "$1" p50_s "$2"; figure "$1" p99_s "$3"; figure "$1" most_s "$4"; figure "$1" asked "$5"; figure "$1" told "$6"
  say "$1: p50 $2 s, p99 $3 s, most $4 s, told $6 of $5"
}

# --- webhooks --------------------------------------------------------------------------------------------------------
tell_webhooks() { # alone | hanging
  local jobs=4000 rate=100 hanging=1000 dead=10 warm=10
  quick && jobs=60 rate=30 hanging=40 warm=0
  NEXT_PORT=$((NEXT_PORT + 1)); free_port; local hooks=$PORT; NEXT_PORT=$((NEXT_PORT + 20))
  free_port; local silent=$PORT; NEXT_PORT=$((NEXT_PORT + 20))
  free_port; local upstream=$PORT
  "$JAVA" -Xmx256m "$BENCH/Upstream.java" "$upstream" 20 20 1 >"$LOGS/upstream.log" 2>&1 & local upstream_pid=$!; PIDS+=("$upstream_pid")
  "$JAVA" -Xmx256m "$BENCH/Tell.java" receive "$hooks" 5 "$WORK/tell-hooks.tsv" >"$LOGS/tell-receive.log" 2>&1 & local receiver=$!; PIDS+=("$receiver")
  "$JAVA" -Xmx256m "$BENCH/Tell.java" hang "$silent" "$dead" >"$LOGS/tell-hang.log" 2>&1 & local hangs=$!; PIDS+=("$hangs")
  await_port "$upstream" "$upstream_pid" upstream; await_port "$hooks" "$receiver" receiver; await_port "$silent" "$hangs" receiver
  start_gateway tell "$upstream" REELGATE_WEBHOOK_ALLOWED_NETWORKS=loopback
  local wait=5
  if [ "$1" = hanging ]; then
    figure hanging deliveries "$hanging"; figure hanging dead_receivers "$dead"
    wait=$(quick && echo 3 || echo 25) # until the first tries have timed out
  fi
  tell_seed "$jobs" "$rate" "$wait" "$hooks"
  if [ "$1" = hanging ]; then
    sql -d tell -c "insert into delivery (id, job_id, app, url, origin, base_url, type, due_at)
      select 'msg_dead' || n, (select min(id) from video_job), 'dead' || n % $dead, format('http://127.0.0.1:%s/hook', $silent + n % $dead),
        format('http://127.0.0.1:%s', $silent + n % $dead), '', 'video.completed', now() from generate_series(1, $hanging) n"
    # What they are about has ended, or they would be overtaken.
    sql -d tell -c "with ended as (update video_job set status = 'succeeded', finished_at = now(), url = 'https://127.0.0.1/films/1.mp4'
      where id = (select min(id) from video_job) returning id) delete from poll_ticket where job_id in (select id from ended)"
  fi
  sleep "$((wait + jobs / rate))"
  for _ in $(seq 60); do
    [ "$(sql -d tell -c "select (select count(*) from poll_ticket) + (select count(*) from delivery where app like 'bench%' and state = 'waiting')")" != 0 ] || break
    sleep 1
  done
  tell_delays "$1" "$WORK/tell-hooks.tsv" "select id, created_at from delivery
    where app like 'bench%' and created_at >= (select min(created_at) + interval '$warm s' from delivery where app like 'bench%')"
  figure "$1" failed "$(sql -d tell -c "select count(*) from delivery where app like 'bench%' and state <> 'delivered'")"
  stop "$GATEWAY_PID"; stop "$hangs"; stop "$receiver"; stop "$upstream_pid"
  sql -c 'drop database tell with (force)'
}
