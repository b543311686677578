# Films that are kept: what serving one takes next to nginx, what copying takes next to curl, how long after its job's end a
# film is kept, and large ones on a small heap.
film() {
  begin_part film
  start_fixed_upstream
  FOLDER=$WORK/films; rm -rf "$FOLDER"
  serve_films
  copy_films
  keep_films
  large_films
  stop "$NGINX_PID"
  rm -rf "$FOLDER" "$WORK/nginx/film.mp4"
}

make_film() { # megabytes: what nginx has under every name; an MP4 by its beginning
  { printf '\0\0\0\030ftypisom\0\0\2\0isomiso2'; head -c "$1"M /dev/urandom; } >"$WORK/nginx/film.next"
  mv "$WORK/nginx/film.next" "$WORK/nginx/film.mp4"
}
start_archive() { # database divisor [KEY=VALUE...] [-- java options]: an upstream whose links lead to nginx, and a gateway that keeps films
  local database=$1 divisor=$2; shift 2
  free_port; FILM_UPSTREAM=$PORT
  "$JAVA" -Xmx1g "$BENCH/Upstream.java" "$FILM_UPSTREAM" 100 5000 "$divisor" "http://127.0.0.1:$FILMS/films/" >"$LOGS/upstream.log" 2>&1 &
  FILM_UPSTREAM_PID=$!; PIDS+=("$FILM_UPSTREAM_PID")
  await_port "$FILM_UPSTREAM" "$FILM_UPSTREAM_PID" upstream
  start_gateway "$database" "$FILM_UPSTREAM" REELGATE_ARCHIVE_STORE=filesystem "REELGATE_ARCHIVE_PATH=$FOLDER" \
    REELGATE_ARCHIVE_ALLOWED_NETWORKS=loopback "$@"
}
stop_archive() { # database
  stop "$GATEWAY_PID"; stop "$FILM_UPSTREAM_PID"
  sql -c "drop database $1 with (force)"
  rm -rf "$FOLDER"
}
await_films() { # database how-many [of which]: until so many are kept
  local kept
  for _ in $(seq 6000); do
    kept=$(sql -d "$1" -c "select count(*) from film where state = 'kept' and ${3:-true}")
    [ "$kept" -lt "$2" ] || return 0
    kill -0 "$GATEWAY_PID" || die "the gateway ended"
    sleep 0.1
  done
  die "only $kept of $2 films are kept"
}
new_film() { # database megabytes: sets CONTENT to the path of a new job's film of that size
  make_film "$2"
  local id
  id=$(curl -sS -H 'Content-Type: application/json' -d '{"model":"doubao-seedance-2-0","prompt":"A red kite"}' \
    "http://127.0.0.1:$GATEWAY/v1/video/generations" | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')
  [ -n "$id" ] || die "a job was not taken"
  await_films "$1" 1 "job_id = '$id'"
  CONTENT=/v1/video/generations/$id/content
}

# --- serving: the same bytes by the gateway and by nginx -------------------------------------------------------------
serve_films() {
  start_archive serve 100 REELGATE_TRACKING_INTERVAL_MIN=100ms REELGATE_TRACKING_INTERVAL_MAX=200ms
  local megabytes round
  for megabytes in $(quick && echo 1 || echo 3 64); do
    new_film serve "$megabytes"
    cmp -s "$WORK/nginx/film.mp4" <(curl -sf "http://127.0.0.1:$GATEWAY$CONTENT") || die "the kept film is another"
    serve_load "http://127.0.0.1:$GATEWAY" "$CONTENT" 30 # the JVM's compiler
    figure "gateway-$megabytes" rss_before_mb "$(rss_mb "$GATEWAY_PID")"
    for round in $(seq "$ROUNDS"); do
      serve_load "http://127.0.0.1:$GATEWAY" "$CONTENT" 8; served "gateway-$megabytes" "$megabytes"
      serve_load "http://127.0.0.1:$FILMS" /films/film.mp4 8; served "nginx-$megabytes" "$megabytes"
    done
    figure "gateway-$megabytes" rss_after_mb "$(rss_mb "$GATEWAY_PID")"
  done
  stop_archive serve
}
serve_load() { # address path seconds
  export BENCH_PATHS=$WORK/paths.txt
  echo "$2" >"$BENCH_PATHS"
  load get.lua 8 "$(secs "$3")" "$1"
}
served() { # contender megabytes
  figure "$1" mb_per_s "$(awk "BEGIN { print $RATE * $2 }")"; figure "$1" errors "$ERRORS"
  say "$1: $RATE films of $2 MB a second, errors $ERRORS"
}

# --- copying: films that wait already, next to curl for the same links -----------------------------------------------
copy_films() {
  local many=200 megabytes=5 concurrency=16 round began
  quick && many=8 megabytes=1
  figure - films "$many"; figure - film_mb "$megabytes"; figure - concurrency "$concurrency"
  make_film "$megabytes"
  start_archive copy 100 "REELGATE_ARCHIVE_CONCURRENCY=$concurrency" REELGATE_TRACKING_INTERVAL_MIN=100ms REELGATE_TRACKING_INTERVAL_MAX=200ms
  "$JAVA" "$BENCH/Clients.java" "http://127.0.0.1:$GATEWAY" "$many" 8 0 || die "the jobs were refused"
  await_films copy "$many"
  for round in $(seq "$ROUNDS"); do
    find "$FOLDER" -name '*.mp4' -delete # what lies in a film's place need not be fetched
    sql -d copy -c "delete from film" -c "insert into film (job_id, link_ends_at, due_at) select id, now() + interval '1 day', now() from video_job"
    began=$(sql -d copy -c "select extract(epoch from max(due_at)) from film")
    await_films copy "$many"
    figure gateway copied_s "$(sql -d copy -c "select round((extract(epoch from max(kept_at)) - $began)::numeric, 2) from film")"
    figure curl copied_s "$(curl_films "$many" "$concurrency")"
  done
  stop_archive copy
}
curl_films() { # how-many at-once: prints the seconds that it took
  local began dir=$WORK/curl
  rm -rf "$dir"; mkdir -p "$dir"
  began=$(date +%s%N)
  curl -sf --parallel --parallel-max "$2" -o "$dir/#1.mp4" "http://127.0.0.1:$FILMS/films/[1-$1].mp4" 2>"$LOGS/curl.log" || die "curl could not fetch the films"
  awk "BEGIN { printf \"%.2f\", ($(date +%s%N) - $began) / 1e9 }"
  rm -rf "$dir"
}

# --- from a job's end to its film's being kept, with many jobs in flight ---------------------------------------------
keep_films() {
  local jobs=5000 warm=120 window=48
  quick && jobs=200 warm=8 window=6
  make_film 3
  figure keep jobs "$jobs"
  start_archive keep 1 REELGATE_ARCHIVE_CONCURRENCY=16 REELGATE_TRACKING_CONCURRENCY=1000 REELGATE_UPSTREAM_MAX_CONNECTIONS=1000
  sql -d keep -v "jobs=$jobs" -v "warm=$warm" -v "seconds=$window" -f "$BENCH/load/seed-lag.sql"
  sql -d keep -c 'vacuum analyze'
  sleep_until_age keep $((warm + window))
  sleep $(quick && echo 10 || echo 30) # lets the last ones be found and kept
  local row
  row=$(sql -d keep -F ' ' -c "
    with film_of as (
      select extract(epoch from coalesce(film.kept_at, clock_timestamp()) - job.finished_at) as after, film.state = 'kept' as kept
      from video_job job join film on film.job_id = job.id
      where split_part(job.upstream_task_id, '-', 3)::bigint between 1000 * $warm and 1000 * ($warm + $window))
    select round(percentile_cont(0.5) within group (order by after)::numeric, 3),
      round(percentile_cont(0.99) within group (order by after)::numeric, 3), count(*), count(*) filter (where kept) from film_of")
  set -- $row
  figure keep after_end_p50_s "$1"; figure keep after_end_p99_s "$2"; figure keep films "$3"; figure keep kept "$4"
  say "kept $4 of $3 films, after p50 $1 s, p99 $2 s"
  stop_archive keep
}

# --- large films at once, on a heap that holds none of them ----------------------------------------------------------
large_films() {
  local many=64 megabytes=200
  quick && many=4 megabytes=8
  if [ "$(df -Pm "$WORK" | awk 'NR == 2 { print $4 }')" -lt $((many * megabytes + 3000)) ]; then
    say "no room for $many films of $megabytes MB: not measured"
    return
  fi
  make_film "$megabytes"
  start_archive large 100 "REELGATE_ARCHIVE_CONCURRENCY=$many" REELGATE_TRACKING_INTERVAL_MIN=100ms REELGATE_TRACKING_INTERVAL_MAX=200ms -- -Xms256m -Xmx256m
  "$JAVA" "$BENCH/Clients.java" "http://127.0.0.1:$GATEWAY" "$many" 8 0 || die "the jobs were refused"
  await_films large "$many"
  figure large films "$many"; figure large film_mb "$megabytes"; figure large heap_mb 256
  figure large tries "$(sql -d large -c 'select coalesce(sum(tries), 0) from film')"
  figure large peak_rss_mb "$(awk '/^VmHWM/ { printf "%d", $2 / 1024 }' "/proc/$GATEWAY_PID/status")"
  figure large out_of_memory "$(grep -c OutOfMemoryError "$LOGS/gateway.log" || true)"
  stop_archive large
}
