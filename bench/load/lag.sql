-- The lag of each task that ended in the window, seconds; of those not on record yet, at least that. From :from to :to
-- seconds after the start of the tasks.
with task as (
  select job.*, split_part(upstream_task_id, '-', 2)::bigint as start, split_part(upstream_task_id, '-', 3)::bigint as duration
  from video_job job),
ended as (
  select extract(epoch from coalesce(finished_at, clock_timestamp()) - to_timestamp((start + duration) / 1000.0)) as lag,
    finished_at is not null as found
  from task where duration >= 1000 * :from and duration < 1000 * :to)
select round(percentile_cont(0.5) within group (order by lag)::numeric, 3),
  round(percentile_cont(0.99) within group (order by lag)::numeric, 3), count(*), count(*) filter (where found)
from ended;
