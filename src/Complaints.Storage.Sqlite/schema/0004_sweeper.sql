-- Who sweeps this file, and until when it may be silent: one at a time, whatever the tenant.
create table sweeper (
    name  text    not null primary key,
    owner text    not null,
    until integer not null) without rowid;
