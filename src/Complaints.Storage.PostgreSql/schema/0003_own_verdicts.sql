-- What our own clocks said about an imported complaint, beside its source's verdict; written once, at the import.
alter table complaint add column own_in_time integer;
alter table complaint add column own_due_at bigint;
