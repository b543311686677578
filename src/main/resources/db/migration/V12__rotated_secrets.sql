-- How often ops have rotated an app's webhook secret, and when last. Apps without a row have their first one.
create table webhook_rotation (
  app        text collate "C" primary key,
  n          integer     not null check (n > 0),
  rotated_at timestamptz not null
);

-- A rotation is a change like others; a replica of the release before writes the old kinds alone, and shows any.
alter table app_change drop constraint app_change_kind_check;
alter table app_change add constraint app_change_kind_check check (kind in ('registered', 'changed', 'removed', 'rotated'));

-- The claim: the longest due ones of all, and the latest.
create index delivery_longest_due on delivery (due_at) where due_at is not null;
-- Receivers that something was tried at in vain and that it waits for: they share a part of the places; since when the oldest waits.
create index delivery_again on delivery (origin, created_at) where due_at is not null and attempts > 0;
-- When something arrived at a receiver last.
create index delivery_arrived on delivery (origin, delivered_at) where delivered_at is not null;
