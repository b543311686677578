-- :jobs jobs in flight when the measuring begins, :warm s from now, whose tasks began just now; the upstream reads their
-- start, length and slowness from their ids. A tenth of them end evenly spread over the :seconds after that, the rest later
-- than anybody looks. Until then others end at the same rate, so that ends are nothing new to whoever is measured.
-- A tenth is slow. No two ask for the same length, so that the gateway learns nothing of the early ones, and polls at its
-- usual pace, as the others do.
with task as (
  select n, (extract(epoch from clock_timestamp()) * 1000)::bigint as start,
    case
      when n > :jobs then (1000 * random() * :warm)::bigint
      when n % 10 = 0 then (1000 * (:warm + random() * :seconds))::bigint
      else 600000 end as duration,
    case when (n / 10) % 10 = 0 then 1 else 0 end as slow
  from generate_series(1, :jobs + :jobs / 10 * :warm / :seconds) n),
job as (
  insert into video_job (id, app, model, prompt, request, seconds, status, upstream_task_id, created_at, accepted_at)
  select 'task_' || lpad(to_hex(start), 12, '0') || '7' || lpad(to_hex(n), 19, '0'), 'bench', 'doubao-seedance-2-0', 'A kite',
    '{"model":"doubao-seedance-2-0","prompt":"A kite"}', n, 'queued', format('t-%s-%s-%s-%s', start, duration, slow, n), now(), now()
  from task
  returning id, upstream_task_id, model, accepted_at)
insert into poll_ticket (job_id, upstream_task_id, model, tracked_since, due_at)
select id, upstream_task_id, model, accepted_at, accepted_at + random() * interval '6.5 s' from job;
