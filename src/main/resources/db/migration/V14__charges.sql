-- What a job was estimated at when it was sent, and at which price: it keeps the one that held then. Jobs of before, and of replicas
-- of the release before, have none: what they cost is unknown.
alter table video_job
  add column estimated_tokens  bigint,
  add column price_per_million numeric,
  add column price_currency    text,
  -- What ops say that it came to, whatever its tokens are.
  add column corrected_amount  numeric;

-- Every sum that a job came to, and every correction of it: append-only. The sum of a job's rows is always what its state says, so a
-- row holds differences. It outlives its job: no foreign key.
create table charge (
  id                bigint generated always as identity primary key,
  job_id            text collate "C" not null,
  attempt           integer     not null,
  account           smallint    not null,
  app               text collate "C" not null,
  model             text        not null,
  -- The day it was sent, in the zone of the bill.
  day               date        not null,
  -- 1 where the job begins to count, -1 where it counts no more; and the same if it has no price.
  jobs              smallint    not null,
  unpriced          smallint    not null,
  -- What settled and estimated stand for.
  tokens            bigint      not null,
  -- Counted by the upstream, or said by ops.
  settled           numeric     not null,
  -- There is a film, and no word of its tokens.
  estimated         numeric     not null,
  -- Nobody knows whether it was bought.
  possibly_spent    numeric     not null,
  price_per_million numeric,
  currency          text,
  basis             text        not null check (basis in ('usage', 'estimate', 'possibly_spent', 'taken_back', 'ops')),
  note              text,
  by_whom           text,
  charged_at        timestamptz not null
);

-- The charges of a job: their sum.
create index charge_of_job on charge (job_id, id);
-- The charges of a day that is not over, or whose totals have to be made.
create index charge_of_day on charge (day, app);

-- The closed days whose totals are kept. A late charge takes its day out, and it is made anew.
create table spend_day (
  day     date primary key,
  made_at timestamptz not null default now()
);

create table spend_total (
  day            date    not null references spend_day on delete cascade,
  app            text collate "C" not null,
  model          text    not null,
  -- Empty: no price.
  currency       text    not null,
  jobs           bigint  not null,
  unpriced       bigint  not null,
  tokens         bigint  not null,
  settled        numeric not null,
  estimated      numeric not null,
  possibly_spent numeric not null,
  primary key (day, app, model, currency)
);
