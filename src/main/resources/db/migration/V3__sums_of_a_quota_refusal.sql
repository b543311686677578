-- What the upstream said was left and was needed, in its own unit, when it last refused a job for want of money and said so.
alter table quota_incident add column remaining numeric, add column required numeric;
