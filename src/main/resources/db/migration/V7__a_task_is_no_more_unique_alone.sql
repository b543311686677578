-- In its place is video_job_by_task, which also finds a job by its task.
alter table video_job drop constraint video_job_upstream_task_id_key;
