-- The id that an app reports leads to its job.
drop index concurrently if exists video_job_by_request;
create index concurrently video_job_by_request on video_job (request_id) where request_id is not null;
