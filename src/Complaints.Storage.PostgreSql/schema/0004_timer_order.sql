-- Due timers are claimed in this order, each batch after the one before: with the complaint in it, equal instants need no sorting.
create index timer_order on timer (tenant, due_at, complaint);
drop index timer_due;
