-- A film that is to be kept, or is, or cannot be. The row is there from the good end of its job on, where there is an archive. Its
-- job is not deleted before it (no cascade): a film that nobody knows of would lie in the store for ever.
create table film (
  job_id       text collate "C" primary key references video_job,
  state        text     not null default 'waiting' check (state in ('waiting', 'kept', 'missing', 'removed')),
  -- Whose key fetches a film that has no link; null where the link alone suffices.
  account      smallint,
  -- When the link ends; a film without one is tried as long as a link would live.
  link_ends_at timestamptz not null,
  -- When it is to be tried next; null unless it waits.
  due_at       timestamptz,
  leased_until timestamptz,
  lease_token  uuid,
  tries        integer  not null default 0,
  -- What became of the last try that failed.
  error        text,
  location     text,
  size         bigint,
  sha256       text,
  type         text,
  kept_at      timestamptz,
  -- Since when it is not found where it was put.
  gone_at      timestamptz
);

-- The claim, longest due first; how many films wait.
create index film_due on film (due_at) where due_at is not null;
-- Films that wait and whose link ends soon.
create index film_waiting on film (link_ends_at) where state = 'waiting';
-- Films that are on record and not to be had; the latest of them.
create index film_not_to_be_had on film (job_id) where state = 'missing' or gone_at is not null;
-- Films that were lately found to be gone from the store.
create index film_gone on film (gone_at) where gone_at is not null;

-- How much is kept: one row. It is changed by the statements that keep and remove films, since counting millions takes too long.
create table archive_total (
  id    smallint primary key default 1 check (id = 1),
  films bigint not null default 0,
  bytes bigint not null default 0
);

insert into archive_total default values;
