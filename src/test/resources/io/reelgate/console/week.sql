-- A week that looks like one: six apps, quiet nights, a balance that was empty twice. Needs PostgreSQL 18 (uuidv7).
select setseed(0.25);

insert into video_job (id, app, model, prompt, request, status, created_at, accepted_at, finished_at, error_code, progress)
select 'task_' || replace(uuidv7(-age)::text, '-', ''), app, model, prompt, '{}', status,
       now() - age,
       case when status in ('succeeded', 'failed') then now() - age + interval '1 second' end,
       now() - age + case when status in ('succeeded', 'failed') then took else interval '1 second' end,
       case status when 'failed' then 'generation_failed' when 'rejected' then 'fail_to_fetch_task' end,
       case status when 'succeeded' then 100 else 0 end
from (select interval '1 second' * (1200 + 603600 * random()) as age,
             (array['shop', 'shop', 'shop', 'studio', 'studio', 'newsroom', 'lessons', 'adverts', 'tools'])[1 + floor(9 * random())] as app,
             (array['doubao-seedance-2-0', 'doubao-seedance-2-0-fast', 'doubao-seedance-2-0-fast'])[1 + floor(3 * random())] as model,
             (array['A watch turns slowly on a white table, soft daylight',
                    '让产品在展示台上缓慢旋转，背景保持简洁，画面稳定且突出品牌质感',
                    'A paper boat drifts down a rainy street at dusk, the camera follows at water level',
                    'Aerial view over terraced rice fields at sunrise, slow push in',
                    'Storm clouds build over the harbour, time lapse, wide shot',
                    'Letters made of sand assemble into a logo, matte black background'])[1 + floor(6 * random())] as prompt,
             case when random() < 0.94 then 'succeeded' when random() < 0.5 then 'failed' else 'rejected' end as status,
             interval '1 second' * (48 + 60 * random() * random()) as took
      from generate_series(1, 2600)) job
where random() < 0.2 + 0.8 * abs(sin(extract(epoch from now() - age) * pi() / 86400));

insert into quota_incident (model, opened_at, last_refused_at, closed_at, message) values
  ('doubao-seedance-2-0-fast', now() - interval '5 days 4 hours', now() - interval '4 days 21 hours', now() - interval '4 days 20 hours', 'Insufficient balance'),
  ('doubao-seedance-2-0', now() - interval '2 days 8 hours', now() - interval '2 days 2 hours', now() - interval '2 days 1 hour', 'Insufficient balance');

update video_job
set status = 'rejected', quota_incident_id = incident.id, error_code = 'insufficient_quota', accepted_at = null, progress = 0
from quota_incident incident
where incident.model = video_job.model and created_at between opened_at and closed_at;
