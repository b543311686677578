# Start to ready and resident memory, with the image's AOT cache and without.
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
  unset GATEWAY_JAR
  stop "$NGINX_PID"
  sql -c 'drop database start'
}

start_once() { # contender options...
  local who=$1 began; shift
  began=$(date +%s%3N)
  start_gateway start "$FIXED" -- "$@"
  figure "$who" ready_ms $(($(date +%s%3N) - began))
  sleep $(quick && echo 0 || echo 4)
  figure "$who" idle_rss_mb "$(rss_mb "$GATEWAY_PID")"
  load post.lua 32 "$(secs 6)" "http://127.0.0.1:$GATEWAY/v1/video/generations"
  figure "$who" load_rss_mb "$(rss_mb "$GATEWAY_PID")"
  say "$who: ready after $(tail -n 3 "$FIGURES/start.tsv" | awk '/ready_ms/ { print $4 }') ms, $(rss_mb "$GATEWAY_PID") MB under load"
  stop "$GATEWAY_PID"
}
