-- Whether submissions are paused, for all replicas: one row, and always that one.
create table gateway_pause (
  id smallint primary key default 1 check (id = 1),
  paused boolean not null default false,
  note text,
  changed_by text,
  changed_at timestamptz
);

insert into gateway_pause default values;

-- How many jobs each app submitted in a minute. Unlogged: a crash of the database forgets at most the current minute's
-- counts, and in return an admission waits for no disk.
create unlogged table app_minute (
  app text not null,
  minute timestamptz not null,
  jobs integer not null,
  primary key (app, minute)
) with (fillfactor = 50);
