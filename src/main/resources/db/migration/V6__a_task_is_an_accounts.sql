-- A task's id is unique within its account. An index of a large table is built while replicas write on, which no transaction may
-- hold; one that an earlier try left half-built goes first.
drop index concurrently if exists video_job_by_task;
create unique index concurrently video_job_by_task on video_job (upstream_task_id, account);
