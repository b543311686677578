-- What tells how jobs are followed. All nullable: the columns are there at once, rows of before have none, and replicas of the
-- release before write on without them.

-- When its task ended by the upstream's own clock, where it says so and it can be: not before the acceptance, nor after the
-- end was on record. How long jobs of a kind take is learned from these.
alter table video_job add column ended_at timestamptz;

alter table poll_ticket
  -- Since when polls have told nothing, by the clock of this database, and what the last of them came to. Both mean something
  -- only while failures > 0: a replica of the release before does not clear them.
  add column silent_since timestamptz,
  add column last_reason text,
  -- From tracked_since: before this age hardly a job of its kind had ended when it was accepted, so it is asked for rarely.
  add column earliest_ms bigint;
