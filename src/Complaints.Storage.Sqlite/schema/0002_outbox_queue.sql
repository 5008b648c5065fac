-- A message is due when it may be sent next: at once, in the receiver's hours, after a pause, or when the lease of who took it is over.
alter table outbox add column due_at integer not null default 0;

-- How often it was taken, and by whom: together the token without which nobody may say what became of it.
alter table outbox add column attempt integer not null default 0;
alter table outbox add column owner text;

-- When it was given up, and why.
alter table outbox add column dead_at integer;
alter table outbox add column reason text;

-- For whom it is meant; empty until it was divided among the channels.
alter table outbox add column channel text not null default '';

drop index outbox_waiting;
create index outbox_due on outbox (tenant, channel, due_at) where delivered_at is null and dead_at is null;
create index outbox_order on outbox (tenant, complaint, created_at) where delivered_at is null and dead_at is null;
