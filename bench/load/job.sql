-- The rows of one job and its two commits, those that JobLedger writes, from pgbench
-- (which takes a colon before a letter or digit for a variable, hence the blanks in the JSON).
\set a random(0, 281474976710655)
\set b random(0, 281474976710655)
with job as (
  insert into video_job (id, app, model, prompt, request, request_id, seconds, size, status, created_at)
  values ('task_' || lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
      || lpad(to_hex(:a::bigint / 16), 11, '0') || lpad(to_hex(:b::bigint / 65536), 8, '0'), 'bench', 'doubao-seedance-2-0',
    'A red kite climbs over a white cliff at dawn, slow pan, soft light, film grain',
    '{"model":"doubao-seedance-2-0","prompt":"A red kite climbs over a white cliff at dawn, slow pan, soft light, film grain","seconds":"5","size":"1280x720","metadata":{"seed": 42,"watermark": false}}',
    'req_00112233445566778899', '5', '1280x720', 'submitting', now())
  returning id, created_at)
insert into job_event (job_id, at, kind, detail) select id, created_at, 'submitted', '{}' from job
returning job_id \gset
with job as (
  update video_job set status = 'queued', upstream_task_id = 'up_' || id, accepted_at = now(), error_code = null,
    error_message = null, version = version + 1
  where id = :job_id and status = any (array['submitting', 'unconfirmed'])
  returning id, model),
ticket as (
  insert into poll_ticket (job_id, upstream_task_id, model, tracked_since, due_at)
  select id, 'up_' || id, model, now(), now() + 5000 * interval '1 millisecond' from job)
insert into job_event (job_id, at, kind, detail)
select id, now(), 'accepted', jsonb_build_object('upstream_task_id', 'up_' || id, 'latency_ms', 1) from job;
