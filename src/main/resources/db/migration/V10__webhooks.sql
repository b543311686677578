-- Where a job's app wants to be told of its end. Most jobs have none, so it is no part of them.
create table webhook (
  job_id      text collate "C" primary key references video_job on delete cascade,
  url         text        not null,
  -- Scheme, host and port of the URL: a receiver.
  origin      text        not null,
  -- The gateway's own address by which the job came; links in what is sent begin with it.
  base_url    text        not null,
  -- When the POST is answered at the latest: who was refused before then has heard of it.
  answered_by timestamptz not null
);

-- An event to be told, or told. It goes with its job, which is not deleted while the event waits.
create table delivery (
  id           text collate "C" primary key,
  job_id       text collate "C" not null references video_job on delete cascade,
  app          text        not null,
  url          text        not null,
  origin       text        not null,
  base_url     text        not null,
  type         text        not null check (type in ('video.completed', 'video.failed')),
  state        text        not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  -- Tries since it was written, or since ops had it sent again.
  attempts     integer     not null default 0,
  -- What became of the last of them; the beginning of the receiver's answer is for ops alone.
  last_status  integer,
  last_error   text,
  last_answer  text,
  -- When it is to be tried next; null unless it waits.
  due_at       timestamptz,
  leased_until timestamptz,
  lease_token  uuid,
  created_at   timestamptz not null default now(),
  delivered_at timestamptz,
  check ((state = 'waiting') = (due_at is not null))
);

-- The claim: of each receiver the longest due ones.
create index delivery_due on delivery (origin, due_at) where due_at is not null;
-- How many wait, and since when the oldest does.
create index delivery_waiting on delivery (created_at) where due_at is not null;
-- The deliveries of a job, and whether one of them waits.
create index delivery_by_job on delivery (job_id);
-- Ops' list of one app, newest first; all of an app since a time.
create index delivery_by_app on delivery (app, id);
-- Ops' list of one state, newest first.
create index delivery_by_state on delivery (state, id);

-- The secret that the apps' secrets are made of, where no property says it: one row, made once.
create table webhook_secret (
  id     smallint primary key default 1 check (id = 1),
  secret text not null
);
