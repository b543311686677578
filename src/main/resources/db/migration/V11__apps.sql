-- What ops said of an app, and that they said it: a name with a row is registered.
create table app (
  name            text collate "C" primary key,
  note            text,
  -- Where its name may be claimed, separated by commas; null: from wherever /v1 may be called.
  networks        text,
  -- In place of the gateway's own limit; null: that one.
  jobs_per_minute integer,
  webhook_url     text,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  changed_by      text        not null
);

-- Changes of the table above, for replicas that have it in memory: one row, written first by whoever changes anything, so that
-- changes come one after the other.
create table app_revision (
  id       smallint primary key default 1 check (id = 1),
  revision bigint not null default 0
);

insert into app_revision default values;

-- Names of which a job was accepted. Not in the table above: this one is written while jobs go, that one by ops.
create table app_seen (
  name          text collate "C" primary key,
  first_seen_at timestamptz not null,
  last_seen_at  timestamptz not null
);

-- Who changed what of an app, and when. It outlives the settings.
create table app_change (
  id         bigint generated always as identity primary key,
  app        text collate "C" not null,
  kind       text        not null check (kind in ('registered', 'changed', 'removed')),
  -- One line for each setting that is another now.
  detail     text        not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

-- The latest changes of an app.
create index app_change_of_app on app_change (app, id desc);
