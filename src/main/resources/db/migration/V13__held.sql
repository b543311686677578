-- What is needed to send a job that waits, and to know whose turn it is. The row is there while the job is "held", and while it is
-- "submitting" once more after that: exactly then it may still be sent.
create table held_request (
  job_id  text collate "C" primary key references video_job on delete cascade,
  app     text     not null,
  account smallint not null,
  model   text     not null,
  reason  text     not null,
  since   timestamptz not null,
  -- When it is given up.
  until   timestamptz not null,
  -- Whether an attempt is under way; such rows are what keeps a second one from being made.
  sending boolean  not null default false,
  -- Bytes of the body, so that they can be counted without being read.
  size    integer  not null,
  -- As it came.
  body    bytea    not null
);

-- It is read once for each attempt and never searched: no time is to be spent on compressing what is mostly pictures.
alter table held_request alter column body set storage external;

-- Whose turn it is: an app's oldest; the apps that wait.
create index held_request_turn on held_request (account, model, app, job_id) where not sending;
-- How many attempts are under way.
create index held_request_sending on held_request (account, model) where sending;
-- Those that have waited as long as they may.
create index held_request_until on held_request (until) where not sending;
-- How many bytes wait in all.
create index held_request_size on held_request (size);

-- An account and a model that jobs wait for, or that took none lately; a row without a model is the whole account. It goes when
-- nothing waits for it any more.
create table lane (
  account     smallint not null,
  model       text     not null,
  state       text     not null check (state in ('open', 'closed')),
  -- Why it is closed, or was.
  reason      text     not null,
  message     text     not null,
  since       timestamptz not null,
  -- When one job is tried; null while it is open.
  next_try_at timestamptz,
  -- Tries that failed since it closed.
  tries       integer  not null default 0,
  -- How many attempts may be under way at once while it is open.
  room        integer  not null default 1,
  -- Whose job went last, so that the next app has its turn.
  last_app    text     not null default '',
  primary key (account, model),
  check ((state = 'closed') = (next_try_at is not null))
);

-- How many jobs of an app may be with the upstream at once, and whether its jobs wait that cannot be sent; null: not said.
alter table app
  add column max_in_flight integer,
  add column hold boolean;
