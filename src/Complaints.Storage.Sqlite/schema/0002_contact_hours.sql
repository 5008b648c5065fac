-- A message waits for the hours in which its receiver may be disturbed; null for at once.
alter table outbox add column not_before integer;
