# Jobs that wait: what a plain submission costs while they do, how fast they drain next to what the upstream allows, and whether an app with
# few is kept behind one with many.
hold() {
  begin_part hold
  local waiting=1000 few=5
  quick && waiting=60 few=3
  figure - waiting "$waiting"
  free_port; local upstream=$PORT
  "$JAVA" -Xmx256m "$BENCH/Hold.java" "$upstream" 100 >"$LOGS/hold-upstream.log" 2>&1 & local upstream_pid=$!; PIDS+=("$upstream_pid")
  await_port "$upstream" "$upstream_pid" upstream
  # No try but ours: the lane stays closed while it is measured beside it.
  start_gateway hold "$upstream" REELGATE_HOLD_FIRST_TRY=1h REELGATE_HOLD_LONGEST_PAUSE=1h
  hold_plain
  hold_drain
  stop "$GATEWAY_PID"; stop "$upstream_pid"
  sql -c 'drop database hold with (force)'
}

hold_plain() { # the same run, in turn: nothing waits, a thousand wait
  hold_purse 1000000000
  load post.lua 32 "$(secs 60)" "http://127.0.0.1:$GATEWAY/v1/video/generations"
  local round
  for round in $(seq "$(quick && echo 1 || echo 5)"); do
    load post.lua 32 "$(secs 8)" "http://127.0.0.1:$GATEWAY/v1/video/generations"; loaded nobody-waits
    # Of another model than the one that is measured, or these would be first.
    hold_submit many "$waiting"
    hold_purse 1000000000
    load post.lua 32 "$(secs 8)" "http://127.0.0.1:$GATEWAY/v1/video/generations"; loaded many-wait
    figure many-wait waiting_then "$(hold_count)"
    sql -d hold -c "delete from video_job where status = 'held'" -c 'delete from lane'
    sleep 1.5
  done
}

hold_drain() { # at most 100 at once upstream, 200 ms each
  hold_submit many "$waiting"
  hold_submit few "$few"
  hold_purse $((waiting + few))
  curl -sf -o /dev/null -X POST "http://127.0.0.1:$upstream/reset"
  local began; began=$(date +%s%N)
  sql -d hold -c "update lane set next_try_at = now()"
  for _ in $(seq 1200); do [ "$(hold_count)" != 0 ] || break; sleep 0.1; done
  [ "$(hold_count)" = 0 ] || die "jobs still wait after two minutes"
  # From the first acceptance to the last; the same number of jobs at the upstream's own pace.
  read -r took refused <<<"$(curl -sf "http://127.0.0.1:$upstream/took")"
  figure drain seconds "$took"
  figure drain rate "$(awk "BEGIN { print ($waiting + $few) / $took }")"
  figure drain upstream_allows "$(hold_allows $((waiting + few)))"
  figure drain refused_percent "$(awk "BEGIN { print 100 * $refused / ($waiting + $few) }")"
  # At which place in the order of all acceptances the last of the few came; its fair share is twice their number.
  figure fair last_of_few "$(sql -d hold -c "select max(place) from (select app, row_number() over (order by accepted_at) as place
    from video_job where app in ('many', 'few') and status not in ('rejected', 'held') and model = 'doubao-seedance-2-0-fast' and accepted_at > to_timestamp($began / 1e9)) one where app = 'few'")"
  figure fair share $((2 * few))
  say "drain: $(cat "$FIGURES/hold.tsv" | awk -F'\t' '$2 == "drain" || $2 == "fair" { printf "%s %s, ", $3, $4 }')"
}

hold_submit() { # app, number: jobs that wait, since the purse is empty; the first of them finds that out
  hold_purse 0
  local i BATCH=()
  for i in $(seq 20); do
    [ "$i" -le "$2" ] || break
    seq "$i" 20 "$2" | while read -r _; do printf 'url = "http://127.0.0.1:%s/v1/video/generations"\noutput = /dev/null\n' "$GATEWAY"; done \
      | curl -sf -K - -H "X-Reelgate-App: $1" -H 'X-Reelgate-Hold: yes' -H 'Content-Type: application/json' \
        -d '{"model":"doubao-seedance-2-0-fast","prompt":"A kite that waits","seconds":"5"}' &
    BATCH[i]=$!
  done
  wait "${BATCH[@]}" || die "jobs that may wait were refused"
}
hold_purse() { curl -sf -o /dev/null -X POST "http://127.0.0.1:$upstream/purse/$1"; }
hold_count() { sql -d hold -c "select count(*) from video_job where status in ('held', 'submitting')"; }
hold_allows() { # jobs: a second, by a client that has all places taken all the time
  curl -sf "http://127.0.0.1:$upstream/allows/$1"
}
