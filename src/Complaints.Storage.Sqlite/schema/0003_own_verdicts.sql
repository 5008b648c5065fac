-- What our own clocks said about an imported complaint, beside its source's verdict; written once, at the import.
-- The table is made anew, so that the state stays the last column and a scan of the others never reads it.
create table complaint_with_verdicts (
    tenant          text    not null,
    id              blob    not null,
    number          text    not null,
    person          blob    not null,
    received_at     integer not null,
    source          text,
    source_id       text,
    imported        integer not null,
    repeat_key      text,
    version         integer not null,
    kind            text    not null,
    state           text    not null,
    round           integer not null,
    priority        text    not null,
    category        text,
    subcategory     text,
    channel         text    not null,
    entry_point     text,
    owner           text,
    team            text,
    title           blob,
    updated_at      integer not null,
    acknowledged_at integer,
    due_at          integer,
    target_at       integer,
    resolved_at     integer,
    closed_at       integer,
    outcome         text,
    source_in_time  integer,
    own_in_time     integer,
    own_due_at      integer,
    contradictions  text,
    repeat_of       blob,
    attributes      text,
    schema          integer not null,
    head            blob    not null,
    body            blob    not null);

insert into complaint_with_verdicts (tenant, id, number, person, received_at, source, source_id, imported, repeat_key, version, kind, state, round, priority, category, subcategory, channel, entry_point, owner, team, title, updated_at, acknowledged_at, due_at, target_at, resolved_at, closed_at, outcome, source_in_time, contradictions, repeat_of, attributes, schema, head, body)
select tenant, id, number, person, received_at, source, source_id, imported, repeat_key, version, kind, state, round, priority, category, subcategory, channel, entry_point, owner, team, title, updated_at, acknowledged_at, due_at, target_at, resolved_at, closed_at, outcome, source_in_time, contradictions, repeat_of, attributes, schema, head, body from complaint order by rowid;

drop table complaint;
alter table complaint_with_verdicts rename to complaint;

create unique index complaint_id on complaint (tenant, id);
create unique index complaint_number on complaint (tenant, number);
create unique index complaint_source on complaint (tenant, source, source_id) where source is not null;
create index complaint_received on complaint (tenant, received_at, id);
create index complaint_queue on complaint (tenant, state, due_at);
