-- The record: what every answer is read from.
-- Ids of jobs are 'task_' + the 32 hex digits of a UUIDv7, so their order is the order of creation: one index serves
-- "newest first", paging and time ranges alike. They are compared byte by byte (collation "C"), which is also the fastest.

create table video_job (
  id                text collate "C" primary key,
  app               text        not null,
  model             text        not null,
  prompt            text        not null,
  -- Text, not jsonb: jsonb refuses valid JSON such as "\u0000" and reorders the rest. Inline media is elided. Never updated.
  request           text        not null,
  request_id        text,
  seconds           text,
  size              text,
  status            text        not null,
  upstream_task_id  text        unique,
  progress          smallint    not null default 0,
  created_at        timestamptz not null,
  accepted_at       timestamptz,
  finished_at       timestamptz,
  url               text,
  url_expires_at    timestamptz,
  completion_tokens bigint,
  total_tokens      bigint,
  error_code        text,
  error_message     text,
  quota_incident_id bigint,
  version           integer     not null default 0
);

-- History filtered by app; an app's own list.
create index video_job_by_app on video_job (app, id);
-- History filtered by status; the sweeps for stale submitting and unconfirmed jobs; the gauges of what waits.
create index video_job_by_status on video_job (status, id);
-- How many jobs an incident refused.
create index video_job_by_incident on video_job (quota_incident_id) where quota_incident_id is not null;

create table job_event (
  id     bigint generated always as identity primary key,
  job_id text collate "C" not null references video_job on delete cascade,
  at     timestamptz not null,
  kind   text        not null,
  detail jsonb       not null
);

-- The timeline of one job.
create index job_event_by_job on job_event (job_id, id);

create table quota_incident (
  id              bigint generated always as identity primary key,
  model           text        not null,
  opened_at       timestamptz not null,
  last_refused_at timestamptz not null,
  closed_at       timestamptz,
  message         text        not null
);

-- At most one open incident per model, whatever replicas race to open it.
create unique index quota_incident_open on quota_incident (model) where closed_at is null;
create index quota_incident_by_time on quota_incident (opened_at);

create table idempotency_key (
  app         text        not null,
  key         text        not null,
  body_sha256 bytea       not null,
  job_id      text collate "C" not null references video_job on delete cascade,
  expires_at  timestamptz not null,
  primary key (app, key)
);

-- A refusal frees the keys of its job.
create index idempotency_key_by_job on idempotency_key (job_id);
-- The sweep for keys past their time.
create index idempotency_key_by_expiry on idempotency_key (expires_at);

-- Narrow and hot: written at every poll, so that the wide job row is not. Exists exactly while its job is queued or in_progress.
create table poll_ticket (
  job_id           text collate "C" primary key references video_job on delete cascade,
  upstream_task_id text        not null,
  model            text        not null,
  tracked_since    timestamptz not null,
  due_at           timestamptz not null,
  leased_until     timestamptz,
  lease_token      uuid,
  attempts         integer     not null default 0,
  failures         integer     not null default 0,
  misses           integer     not null default 0,
  without_url      integer     not null default 0,
  running          boolean     not null default false,
  progress         smallint    not null default 0
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

-- The poller's claim, oldest due first; what is overdue.
create index poll_ticket_due on poll_ticket (due_at);
