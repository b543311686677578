-- db-scheduler's own table, as its documentation has it, and one execution of it for each job.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index execution_time_idx on scheduled_tasks (execution_time);
create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
select 'poll', upstream_task_id, due_at, false, 1 from poll_ticket;
