# Maven's repository is a cache mount: it outlives a change of the POM, and is in no layer. That needs BuildKit, which
# docker build and docker compose use since Docker 23.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY src/main ./src/main
# It stops before the tests' phases, where skipping them would still download what only tests need: a database and a browser.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -P '!format' process-classes jar:jar@default-jar spring-boot:repackage@repackage
RUN java -Djarmode=tools -jar target/reelgate.jar extract --layers --destination extracted


FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Reelgate" \
      org.opencontainers.image.description="Internal gateway for AI video generation: keyless in, one key out, every job on record"

# A number, so that Kubernetes' runAsNonRoot can tell; not 1000, which the base image has given away.
RUN groupadd --gid 10001 reelgate \
 && useradd --uid 10001 --gid reelgate --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin reelgate \
 && install -d -o 10001 -g 10001 -m 750 /films
# A new volume at /films is theirs who own the folder. No VOLUME: without an archive there would be an empty one for each start.

WORKDIR /app
# What changes least comes first.
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/spring-boot-loader/ ./
COPY --from=build /build/extracted/snapshot-dependencies/ ./
COPY --from=build /build/extracted/application/ ./

# The AOT cache: a start up to the point where servers and schedules would begin. Whatever would ask the database is turned
# off, and the sandbox needs no key. Only the JVM and the class path that made it can use it, hence it is made in this stage.
RUN java -XX:AOTCacheOutput=reelgate.aot -Xlog:aot=error \
      --enable-native-access=ALL-UNNAMED \
      -Dspring.context.exit=onRefresh \
      -Dspring.profiles.active=sandbox \
      -Dspring.datasource.url=jdbc:postgresql://127.0.0.1/none \
      -Dspring.flyway.enabled=false \
      -Dspring.sql.init.mode=never \
      -Dspring.jpa.hibernate.ddl-auto=none \
      -Dspring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect \
      -Dspring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false \
      -Dreelgate.ops.password=none \
      -jar reelgate.jar

USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
# The base image has neither curl nor wget, and a JVM for each check would cost a start of its own; bash is there.
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 \
  CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}\" && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# No shell in between, so that SIGTERM reaches the JVM. More options belong into JAVA_TOOL_OPTIONS; -Xmx there beats the percentage.
# The heap has its size from the start: from the JVM's own first 16 MB it stays small for long, and collects seven times as often.
ENTRYPOINT ["java", "-XX:AOTCache=reelgate.aot", "--enable-native-access=ALL-UNNAMED", "-XX:MaxRAMPercentage=60", "-XX:InitialRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "reelgate.jar"]
