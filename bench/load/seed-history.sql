-- :jobs finished jobs of the last 180 days: jobs :part of :parts, evenly spread over time. Forty apps of which few send
-- most, two models, nine tenths succeeded.
insert into video_job (id, app, model, prompt, request, request_id, seconds, size, status, upstream_task_id, progress,
  created_at, accepted_at, finished_at, url, url_expires_at, completion_tokens, total_tokens, error_code, error_message, version)
select 'task_' || lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(noise, 1, 19),
  'app-' || (40 * power(luck, 3))::int, case when n % 4 = 0 then 'doubao-seedance-2-0-fast' else 'doubao-seedance-2-0' end,
  prompt, format('{"model":"doubao-seedance-2-0","prompt":"%s","seconds":"5","size":"1280x720","metadata":{"seed":%s}}', prompt, n),
  'req_' || substr(noise, 1, 20), '5', '1280x720', status,
  case when bought then 'cgt-' || noise end, case when status = 'succeeded' then 100 else 0 end,
  at, case when bought then at + interval '1 s' end, at + interval '1 s' * (30 + 90 * luck),
  case when status = 'succeeded' then 'https://films.example.com/' || noise || '/film.mp4?sign=' || noise end,
  case when status = 'succeeded' then at + interval '1 day' end,
  case when status = 'succeeded' then 108900 end, case when status = 'succeeded' then 108900 end,
  case when status <> 'succeeded' then 'generation_failed' end, case when status <> 'succeeded' then 'The upstream failed at it' end, 3
from (
  select n, md5(n::text) as noise, random() as luck, status, status in ('succeeded', 'failed', 'expired') as bought,
    now() - interval '180 days' * (1 - n::float / :jobs) - interval '1 minute' as at,
    'Film number ' || n || ': a red kite climbs over a white cliff at dawn, slow pan, soft light, film grain, ' || md5(n::text) as prompt
  from generate_series(:jobs::bigint * :part / :parts + 1, :jobs::bigint * (:part + 1) / :parts) n,
    lateral (select case when dice < 0.90 then 'succeeded' when dice < 0.95 then 'failed' when dice < 0.985 then 'rejected'
      when dice < 0.995 then 'unavailable' else 'expired' end as status from (select random() + 0 * n as dice) d) s) job;
