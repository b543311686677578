-- :jobs jobs of :apps apps. Their tasks have ended at the upstream already, and each is asked for once, :rate a second from :delay s on
-- (never, with a rate of 0). With a :hook, each wants to be told at one of :apps ports from there on.
with job as (
  insert into video_job (id, app, model, prompt, request, seconds, status, upstream_task_id, created_at, accepted_at)
  select 'task_' || lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n), 19, '0'),
    'bench' || n % :apps, 'doubao-seedance-2-0', 'A kite', '{"model":"doubao-seedance-2-0","prompt":"A kite"}', n, 'queued',
    format('t-%s-%s-0-%s', (extract(epoch from clock_timestamp()) * 1000)::bigint, 0, n), now(), now()
  from generate_series(1, :jobs) n
  returning id, upstream_task_id, model, accepted_at, seconds),
hook as (
  insert into webhook (job_id, url, origin, base_url, answered_by)
  select id, format('http://127.0.0.1:%s/hook', :hook + seconds::integer % :apps), format('http://127.0.0.1:%s', :hook + seconds::integer % :apps),
    'http://127.0.0.1', now()
  from job where :hook > 0)
insert into poll_ticket (job_id, upstream_task_id, model, tracked_since, due_at)
select id, upstream_task_id, model, accepted_at,
  case when :rate > 0 then now() + (:delay + seconds::float / :rate) * interval '1 second' else now() + interval '1 hour' end
from job;
