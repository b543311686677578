# What every part of the bench shares: tools, processes, databases, figures. Sourced by bench/run.
set -euo pipefail

BENCH=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(dirname "$BENCH")
WORK=$BENCH/work
LIB=$WORK/lib
LOGS=$WORK/logs
FIGURES=$WORK/figures${BENCH_QUICK:+-smoke}
export BENCH_LOAD=$BENCH/load
mkdir -p "$WORK" "$LOGS" "$FIGURES"

QUICK=${BENCH_QUICK:-}          # set by bench/smoke: seconds instead of minutes, figures that mean nothing
quick() { [ -n "$QUICK" ]; }
# rounds: how often each contender is measured; secs: for how long.
ROUNDS=$(quick && echo 1 || echo 3)
secs() { quick && echo 1 || echo "$1"; }

say() { printf '%s  %s\n' "$(date +%T)" "$*" >&2; }
die() { say "FAILED: $*"; exit 1; }

# --- processes: each is remembered, and only these are ever ended ----------------------------------------------------
PIDS=()
stop() { # pid [signal]
  local pid=$1
  kill "-${2:-TERM}" "$pid" 2>/dev/null || return 0
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
  kill -KILL "$pid" 2>/dev/null || true
}
cleanup() {
  local status=$?
  trap - EXIT INT TERM
  local i
  for ((i = ${#PIDS[@]} - 1; i >= 0; i--)); do stop "${PIDS[i]}" "$([ "${PIDS[i]}" = "${PG_PID:-}" ] && echo INT || echo TERM)"; done
  rm -rf "$WORK/pgdata"
  exit $status
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

NEXT_PORT=${BENCH_PORTS:-$((21000 + RANDOM % 8000))}
free_port() { # sets PORT to a port of 127.0.0.1 that nobody listens on
  while (exec 3<>"/dev/tcp/127.0.0.1/$NEXT_PORT") 2>/dev/null; do NEXT_PORT=$((NEXT_PORT + 1)); done
  PORT=$NEXT_PORT
  NEXT_PORT=$((NEXT_PORT + 1))
}
await_port() { # port pid name
  for _ in $(seq 3750); do
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null && { exec 3>&-; return; }
    kill -0 "$2" 2>/dev/null || die "$3 ended; see bench/work/logs/$3.log"
    sleep 0.04
  done
  die "$3 does not listen"
}
cpu_ticks() { # pid...: user and system time of these, and of their children that ended, in clock ticks
  local total=0 pid line
  for pid in "$@"; do
    line=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
    set -- ${line##*) }
    total=$((total + ${12} + ${13} + ${14} + ${15}))
  done
  echo $total
}
children() { cat "/proc/$1/task/"*/children 2>/dev/null || true; }
rss_mb() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }

# --- tools -----------------------------------------------------------------------------------------------------------
install_tools() {
  local missing=()
  have wrk || missing+=(wrk)
  have nginx || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
  have psql && pgbench --version >/dev/null 2>&1 || missing+=(postgresql-client postgresql-contrib)
  have npm || missing+=(nodejs npm)
  have curl || missing+=(curl)
  have unzip || missing+=(unzip)
  have xz || missing+=(xz-utils)
  if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    local sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
    { $sudo apt-get -q update && DEBIAN_FRONTEND=noninteractive $sudo apt-get -q -y --no-install-recommends install "${missing[@]}"; } \
      >"$LOGS/apt.log" 2>&1 || die "apt-get could not install ${missing[*]}; see bench/work/logs/apt.log"
  fi
  PATH=$PATH:/usr/sbin
  find_java
  local mvn="$ROOT/mvnw"; have mvn && mvn=mvn
  if [ ! -f "$LIB/.done" ]; then
    say "fetching db-scheduler and PostgreSQL's binaries"
    "$mvn" -B -q -f "$BENCH/pom.xml" dependency:copy-dependencies -DoutputDirectory="$LIB" >"$LOGS/maven.log" 2>&1 \
      || die "Maven could not fetch what bench/pom.xml names; see bench/work/logs/maven.log"
    touch "$LIB/.done"
  fi
  if [ ! -x "$WORK/pg/bin/postgres" ]; then
    mkdir -p "$WORK/pg"
    unzip -p "$LIB"/embedded-postgres-binaries-*.jar '*.txz' | tar -xJ -C "$WORK/pg"
  fi
  JAR=$ROOT/target/reelgate.jar
  if [ ! -f "$JAR" ] || [ -n "$(find "$ROOT/pom.xml" "$ROOT/src/main" -newer "$JAR" -print -quit)" ]; then
    say "building the gateway"
    (cd "$ROOT" && "$mvn" -B -ntp -q package -DskipTests) >"$LOGS/build.log" 2>&1 || die "the build failed; see bench/work/logs/build.log"
  fi
}
have() { command -v "$1" >/dev/null; }
find_java() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* "$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /none)")")")"; do
    if [ -x "$home/bin/java" ] && "$home/bin/java" -version 2>&1 | grep -q '"25'; then
      export JAVA_HOME=$home
      JAVA=$home/bin/java
      return
    fi
  done
  die "needs a JDK 25; set JAVA_HOME"
}

# --- PostgreSQL: durable defaults, thrown away afterwards ------------------------------------------------------------
start_postgres() {
  local as=(); [ "$(id -u)" = 0 ] && as=(unshare --user) # PostgreSQL does not run as root
  rm -rf "$WORK/pgdata"
  "${as[@]}" "$WORK/pg/bin/initdb" -D "$WORK/pgdata" -U bench -A trust -E UTF8 --no-locale >"$LOGS/initdb.log" 2>&1 || die "initdb; see bench/work/logs/initdb.log"
  free_port; PG_PORT=$PORT
  "${as[@]}" "$WORK/pg/bin/postgres" -D "$WORK/pgdata" -p "$PG_PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c max_connections=200 "$@" >"$LOGS/postgres.log" 2>&1 &
  PG_PID=$!; PIDS+=("$PG_PID")
  await_port "$PG_PORT" "$PG_PID" postgres
  export PGHOST=127.0.0.1 PGPORT=$PG_PORT PGUSER=bench PGDATABASE=postgres
  for _ in $(seq 100); do psql -qAtc 'select 1' >/dev/null 2>&1 && return; sleep 0.1; done
  die "PostgreSQL does not answer"
}
sql() { psql -X -qAt -v ON_ERROR_STOP=1 "$@"; } # [-d database] -c ... | -f ...
schema() { # database: the gateway's own tables and indexes, by its own migrations
  local file
  for file in $(ls "$ROOT"/src/main/resources/db/migration/V*.sql | sort -V); do sql -d "$1" -f "$file"; done
}
pg_ticks() { cpu_ticks "$PG_PID" $(children "$PG_PID"); }

# --- the upstreams ---------------------------------------------------------------------------------------------------
start_fixed_upstream() { # nginx: sets FIXED (its port), PROXY (a plain proxy to it) and FILMS (a server of one file, film.mp4 in bench/work/nginx)
  local dir=$WORK/nginx; mkdir -p "$dir"
  free_port; FIXED=$PORT
  free_port; PROXY=$PORT
  free_port; FILMS=$PORT
  sed -e "s|@PORT@|$FIXED|g; s|@PROXY_PORT@|$PROXY|g; s|@FILMS_PORT@|$FILMS|g; s|@DIR@|$dir|g" "$BENCH/load/nginx.conf" >"$dir/nginx.conf"
  nginx -p "$dir" -c "$dir/nginx.conf" >"$LOGS/nginx.log" 2>&1 &
  NGINX_PID=$!; PIDS+=("$NGINX_PID")
  await_port "$FIXED" "$NGINX_PID" nginx
}

# --- the contenders --------------------------------------------------------------------------------------------------
# The JVM as in the image, in the 1 GB that docker-compose.yml gives it. There it takes the serial collector by itself, as
# always below 1,792 MB; here it is told. The pollers it is compared with have the same.
JVM=(-XX:MaxRAM=1g -XX:MaxRAMPercentage=60 -XX:InitialRAMPercentage=60 -XX:+UseSerialGC)
# start_gateway database upstream-port [KEY=VALUE...] [-- java options]: sets GATEWAY (its port) and GATEWAY_PID
start_gateway() {
  local database=$1 upstream=$2 environment=() options=(); shift 2
  while [ $# -gt 0 ] && [ "$1" != -- ]; do environment+=("$1"); shift; done
  [ $# -eq 0 ] || { shift; options=("$@"); }
  [ "$(sql -c "select count(*) from pg_database where datname = '$database'")" = 1 ] || sql -c "create database $database"
  free_port; GATEWAY=$PORT
  env SERVER_PORT="$GATEWAY" SERVER_ADDRESS=127.0.0.1 \
    SPRING_DATASOURCE_URL="jdbc:postgresql://127.0.0.1:$PG_PORT/$database" SPRING_DATASOURCE_USERNAME=bench SPRING_DATASOURCE_PASSWORD= \
    REELGATE_UPSTREAM_BASE_URL="http://127.0.0.1:$upstream" REELGATE_UPSTREAM_API_KEY=bench-key REELGATE_OPS_PASSWORD=bench-ops-password \
    "${environment[@]}" "$JAVA" --enable-native-access=ALL-UNNAMED -XX:+ExitOnOutOfMemoryError "${JVM[@]}" "${options[@]}" -jar "${GATEWAY_JAR:-$JAR}" >>"$LOGS/gateway.log" 2>&1 &
  GATEWAY_PID=$!; PIDS+=("$GATEWAY_PID")
  await_ready
}
await_ready() {
  await_port "$GATEWAY" "$GATEWAY_PID" gateway # a curl each time would take a tenth of the CPU that the gateway starts with
  for _ in $(seq 3000); do
    curl -sf -o /dev/null "http://127.0.0.1:$GATEWAY/actuator/health/readiness" && return
    kill -0 "$GATEWAY_PID" 2>/dev/null || die "the gateway ended; see bench/work/logs/gateway.log"
    sleep 0.05
  done
  die "the gateway does not become ready"
}
start_portkey() { # sets PORTKEY (its port)
  local version=1.15.2 home=$WORK/portkey
  if [ ! -f "$home/node_modules/@portkey-ai/gateway/build/start-server.js" ]; then
    say "fetching Portkey's gateway $version"
    npm install --no-audit --no-fund --prefix "$home" "@portkey-ai/gateway@$version" >"$LOGS/npm.log" 2>&1 || die "npm; see bench/work/logs/npm.log"
  fi
  free_port; PORTKEY=$PORT
  NODE_ENV=production node --require "$BENCH/load/loopback.cjs" "$home/node_modules/@portkey-ai/gateway/build/start-server.js" --port="$PORTKEY" --headless >"$LOGS/portkey.log" 2>&1 &
  PORTKEY_PID=$!; PIDS+=("$PORTKEY_PID")
  await_port "$PORTKEY" "$PORTKEY_PID" portkey
}

# What the figures were taken on; no name of a host, no path.
environment() {
  PART=environment; : >"$FIGURES/environment.tsv"
  local fact
  fact() { figure "$1" is "$2"; }
  fact Processor "$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores"
  fact Memory "$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)"
  fact Kernel "$(uname -sr)"
  fact "Load before" "$(cut -d' ' -f1-3 /proc/loadavg) (1, 5, 15 minutes)"
  fact Java "$("$JAVA" -version 2>&1 | sed -n '2s/ (.*//p')"
  fact PostgreSQL "$("$WORK/pg/bin/postgres" --version | sed 's/[^0-9]*//'), default settings but max_connections = 200"
  fact nginx "$(nginx -v 2>&1 | sed 's|.*nginx/||')"
  fact wrk "$(wrk -v 2>&1 | sed -n '1s/^wrk \([^ ]*\).*/\1/p')"
  fact Node "$(node --version)"
}

# --- load and figures ------------------------------------------------------------------------------------------------
# load script connections seconds url: sets RATE, P50, P99 (microseconds) and ERRORS
load() {
  local out
  out=$(wrk -t1 "-c$2" "-d${3}s" --timeout 30s --latency -s "$BENCH/load/$1" "$4") || die "wrk: $out"
  [[ $out =~ FIGURES\ rate=([0-9.]+)\ p50=([0-9]+)\ p99=([0-9]+)\ errors=([0-9]+) ]] || die "wrk said: $out"
  RATE=${BASH_REMATCH[1]} P50=${BASH_REMATCH[2]} P99=${BASH_REMATCH[3]} ERRORS=${BASH_REMATCH[4]}
}
# figures are lines of part, contender, metric, value; the report takes medians over equal first three
begin_part() {
  PART=$1; : >"$FIGURES/$PART.tsv"
  figure - date "$(date -u +%FT%RZ), commit $(git -C "$ROOT" describe --always --dirty 2>/dev/null || echo unknown), yardstick $(yardstick) s"
  say "== $PART"
}
yardstick() { # how fast a core is just now: seconds that bash takes to count to a million
  local begin i; begin=$(date +%s%N)
  for ((i = 0; i < 1000000; i++)); do :; done
  awk "BEGIN { printf \"%.1f\", ($(date +%s%N) - $begin) / 1e9 }"
}
figure() { printf '%s\t%s\t%s\t%s\n' "$PART" "$1" "$2" "$3" >>"$FIGURES/$PART.tsv"; }
loaded() { # contender: keeps what load() found
  figure "$1" rate "$RATE"; figure "$1" p50_us "$P50"; figure "$1" p99_us "$P99"; figure "$1" errors "$ERRORS"
  say "$1: $RATE/s, p50 $P50 us, p99 $P99 us, errors $ERRORS"
}
