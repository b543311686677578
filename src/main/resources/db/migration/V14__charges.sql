-- What a job was estimated at when it was sent, and at which price: it keeps the one that held then. Jobs of before, and of replicas
-- of the release before, have none: what they cost is unknown.
alter table video_job
  add column estimated_tokens  bigint,
  add column price_per_million numeric,
  add column price_currency    text,
  -- What ops say that it came to, whatever its tokens are.
  add column corrected_amount  numeric;
