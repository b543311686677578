# The history with five million jobs: through the ops API, next to the same SQL by psql, and by pgbench, which prepares it.
history() {
  begin_part history
  start_fixed_upstream
  start_gateway history "$FIXED"
  local jobs=5000000; quick && jobs=60000
  seed_history "$jobs"
  export BENCH_AUTHORIZATION; BENCH_AUTHORIZATION="Basic $(printf 'ops:bench-ops-password' | base64)"
  local page=1000 cursor; quick && page=10
  cursor=$(cursor_of_page "$page")
  local deep from to day
  deep=$(sql -d history -c "select id from video_job order by id desc offset $((50 * (page - 1) - 1)) limit 1")
  from=$(sql -d history -c "select to_char(now() - interval '90 days', 'YYYY-MM-DD\"T\"00:00:00\"Z\"')")
  to=$(sql -d history -c "select to_char(now() - interval '89 days', 'YYYY-MM-DD\"T\"00:00:00\"Z\"')")
  id_at() { sql -d history -c "select 'task_' || rpad(lpad(to_hex((extract(epoch from '$1'::timestamptz) * 1000)::bigint), 12, '0'), 32, '0')"; }
  local a="/ops/api/jobs?limit=50"
  say "warming up"
  local warm
  for warm in "$a" "$a&cursor=$cursor" "$a&app=app-20" "$a&status=expired" "$a&app=app-20&status=failed" "$a&from=$from&to=$to"; do
    history_load "$warm" 20 # the JVM's compiler, again
  done
  local round
  for round in $(seq "$ROUNDS"); do
    history_query first-page "$a" ""
    history_query page-1000 "$a&cursor=$cursor" "where job.id < '$deep'"
    history_query app "$a&app=app-20" "where job.app = 'app-20'"
    history_query status "$a&status=expired" "where job.status = 'expired'"
    history_query app-and-status "$a&app=app-20&status=failed" "where job.app = 'app-20' and job.status = 'failed'"
    history_query day "$a&from=$from&to=$to" "where job.id >= '$(id_at "$from")' and job.id < '$(id_at "$to")'"
  done
  figure - jobs "$jobs"
  figure - table_mb "$(sql -d history -c "select pg_total_relation_size('video_job') / 1048576")"
  figure - heap_mb "$(sql -d history -c "select pg_relation_size('video_job') / 1048576")"
  stop "$GATEWAY_PID"; stop "$NGINX_PID"
  sql -c 'drop database history'
}

seed_history() { # jobs; the indexes are built afterwards, as after a restore
  say "$1 jobs"
  local index statements; statements=$(sql -d history -c "select indexdef || ';' from pg_indexes where tablename = 'video_job' and indexname like 'video_job_by%'")
  for index in $(sql -d history -c "select indexname from pg_indexes where tablename = 'video_job' and indexname like 'video_job_by%'"); do
    sql -d history -c "drop index $index"
  done
  local part pids=()
  for part in 0 1; do
    sql -d history -v "jobs=$1" -v "part=$part" -v parts=2 -f "$BENCH/load/seed-history.sql" & pids+=($!)
  done
  wait "${pids[@]}" || die "the history could not be filled"
  sql -d history -c "set maintenance_work_mem = '512MB'" -c "$statements" -c 'vacuum analyze'
  sql -d history -c checkpoint
}
cursor_of_page() { # number of a page of 50: walks there, as a reader would
  local cursor= i
  for ((i = 1; i < $1; i++)); do
    cursor=$(curl -sf -H "Authorization: $BENCH_AUTHORIZATION" "http://127.0.0.1:$GATEWAY/ops/api/jobs?limit=50&cursor=$cursor" | sed 's/.*"next":"\([^"]*\)".*/\1/') \
      || die "the walk through the history ended at page $i"
  done
  echo "$cursor"
}
history_load() { # path seconds
  export BENCH_PATHS=$WORK/paths.txt
  echo "$1" >"$BENCH_PATHS"
  load get.lua 2 "$(secs "$2")" "http://127.0.0.1:$GATEWAY"
}
history_query() { # name path where
  history_load "$2" 3
  loaded "$1"
  cat >"$WORK/query.sql" <<SQL
select job.id, job.app, job.model, left(job.prompt, 501) as prompt, job.status, job.upstream_task_id,
  coalesce(ticket.progress, job.progress) as progress, job.created_at, job.accepted_at, job.finished_at,
  job.url, job.url_expires_at, job.completion_tokens, job.total_tokens, job.error_code, job.error_message
from video_job job left join poll_ticket ticket on ticket.job_id = job.id
$3 order by job.id desc limit 51;
SQL
  by_psql; figure "$1" psql_p50_us "$(percentile 50)"; figure "$1" psql_p99_us "$(percentile 99)"
  say "$1 by psql: p50 $(percentile 50) us, p99 $(percentile 99) us"
  by_pgbench; figure "$1" pgbench_p50_us "$(percentile 50)"; figure "$1" pgbench_p99_us "$(percentile 99)"
  say "$1 by pgbench: p50 $(percentile 50) us, p99 $(percentile 99) us"
}
by_psql() { # as long as the others: two sessions, as the load has two connections
  local one=$WORK/query.sql many=$WORK/queries.sql session pids=()
  { echo '\timing on'; for _ in $(seq 200); do cat "$one"; done; } >"$many"
  for session in 1 2; do
    for _ in $(seq "$(secs 15)"); do psql -X -q -d history -o /dev/null -f "$many" 2>&1; done >"$WORK/psql.$session.txt" & pids+=($!)
  done
  wait "${pids[@]}" || die "psql; see bench/work/psql.1.txt"
  cat "$WORK"/psql.[12].txt | awk '/^Time:/ { print $2 * 1000 }' | sort -n >"$WORK/latencies.txt"
}
by_pgbench() {
  rm -f "$WORK"/pgbench_log.*
  (cd "$WORK" && pgbench -n -M prepared -c 2 -T "$(secs 3)" -l -f query.sql history >/dev/null 2>"$LOGS/pgbench.log") || die "pgbench; see bench/work/logs/pgbench.log"
  cat "$WORK"/pgbench_log.* | awk '{ print $3 }' | sort -n >"$WORK/latencies.txt"
}
percentile() { awk -v "p=$1" '{ v[NR] = $1 } END { i = int(NR * p / 100 + 0.5); print v[i < 1 ? 1 : i] }' "$WORK/latencies.txt"; }
