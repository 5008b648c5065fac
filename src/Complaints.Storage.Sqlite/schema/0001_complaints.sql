-- Complaints, their histories, and what must be written with them.
-- Every key begins with the tenant. Ids are 16 bytes in big-endian order, instants are microseconds since 1970-01-01T00:00Z, flags are 0 and 1.
-- Parts do not refer to their complaint by a foreign key: they are written in one transaction by one program, and an event must outlive
-- a complaint that somebody deletes, so that 'complaints verify' can name it.

create table complaint (
    tenant          text    not null,
    id              blob    not null,
    number          text    not null,
    person          blob    not null,
    received_at     integer not null,
    source          text,
    source_hash     text, -- a keyed hash of the id there, which stays when the person is erased
    imported        integer not null,
    item_kind       text,
    item_model      text,
    customer_hash   text, -- this and the two below go when the person is erased
    item_hash       text,
    repeat_hash     text,
    version         integer not null,
    kind            text    not null,
    state           text    not null,
    round           integer not null,
    priority        text    not null,
    category        text,
    subcategory     text,
    channel         text    not null,
    entry_point     text,
    area            text,
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
    own_in_time     integer, -- what our own clocks said about an imported complaint, beside its source's verdict
    own_due_at      integer,
    contradictions  text,
    unanswered_since integer, -- since when the customer has waited for an answer to a message
    measures        text, -- recorded results, for reports
    repeat_of       blob,
    attributes      text,
    head            blob    not null) strict;

create unique index complaint_id on complaint (tenant, id);
create unique index complaint_number on complaint (tenant, number);
create unique index complaint_source on complaint (tenant, source_hash) where source_hash is not null;
create index complaint_person on complaint (tenant, person);
create index complaint_received on complaint (tenant, received_at, id);
-- Queues are walked in this order, state by state. Without a due instant a complaint stands behind every instant.
create index complaint_queue on complaint (tenant, state, coalesce(due_at, 9223372036854775807), id);
-- How many open complaints each person has: counted from here alone, when a new one is assigned.
create index complaint_load on complaint (tenant, owner)
    where state in ('Registered', 'Investigating', 'Proposing', 'AwaitingApproval', 'AwaitingConsent', 'Executing', 'OnHold');

-- The state on which commands decide, apart from what lists and reports read, so that no scan of those passes it by.
-- Its complaint has the version.
create table complaint_state (
    tenant    text    not null,
    complaint blob    not null,
    schema    integer not null,
    body      blob    not null) strict;

create unique index complaint_state_key on complaint_state (tenant, complaint);

-- With a rowid, unlike the small tables below: bodies are large, and appending them beside a narrow index was measured
-- 1.3 to 1.6 times as fast at import as keeping them in the key's own tree, in a file of 0.7 times the size.
create table event (
    tenant    text    not null,
    complaint blob    not null,
    version   integer not null,
    idx       integer not null,
    hash      blob    not null,
    body      blob    not null) strict; -- the exact bytes that were hashed

create unique index event_key on event (tenant, complaint, version, idx);

-- What is small beside the complaints, such as improvements, whatever it is: its columns and its state in one row. Its history, commands,
-- messages and key lie with those of the complaints, and its id is unlike any of theirs.
create table aggregate (
    tenant     text not null,
    noun       text not null, -- what it is: improvement
    id         blob not null,
    number     text not null,
    year       integer not null,
    serial     integer not null,
    version    integer not null,
    kind       text not null,
    status     text not null,
    owner      text,
    team       text,
    subject    blob not null,
    title      blob not null, -- sealed, and no bytes for none
    opened_at  integer not null,
    updated_at integer not null,
    due_at     integer,
    ended_at   integer,
    look_at    integer, -- when a sweep must look at it
    schema     integer not null,
    body       blob not null,
    head       blob not null) strict;

create unique index aggregate_id on aggregate (tenant, id);
create unique index aggregate_number on aggregate (tenant, noun, year, serial);
create unique index aggregate_name on aggregate (tenant, noun, number);
create index aggregate_look on aggregate (tenant, noun, look_at) where look_at is not null;

create table timer (
    tenant    text    not null,
    complaint blob    not null,
    clock     text    not null,
    purpose   text    not null,
    due_at    integer not null,
    primary key (tenant, complaint, clock, purpose)) without rowid, strict;

create index timer_due on timer (tenant, due_at);

-- What waits for whom: a projection of the state, written with it. One row a piece of work.
create table work (
    tenant    text    not null,
    aggregate blob    not null,
    noun      text    not null, -- of what it is: complaint, improvement
    subject   text    not null, -- the part that it is about, empty for the whole
    work      text    not null,
    person    text,
    team      text,
    duty      text, -- what one must be permitted to do to have it, where it is nobody's
    amount    integer not null, -- the authority that it takes, in ten-thousandths
    not_for   text, -- who must not do it: each id between line feeds
    area      text,
    due_at    integer not null, -- behind every instant where there is none
    since     integer not null,
    primary key (tenant, aggregate, subject, work)) without rowid, strict;

create index work_person on work (tenant, person, due_at, aggregate, work, subject) where person is not null;
create index work_team on work (tenant, team, due_at, aggregate, work, subject) where team is not null and person is null;
create index work_duty on work (tenant, duty, due_at, aggregate, work, subject) where duty is not null;

-- How complaints are linked with other cases, as their own histories say.
create table link (
    tenant    text not null,
    complaint blob not null,
    other     blob not null,
    noun      text not null, -- what the other is: complaint, improvement
    kind      text not null,
    primary key (tenant, complaint, other, kind)) without rowid, strict;

create index link_other on link (tenant, other);

create table outbox (
    tenant       text    not null,
    id           blob    not null,
    complaint    blob    not null,
    topic        text    not null,
    payload      blob    not null,
    created_at   integer not null,
    due_at       integer not null, -- when it may be sent next: at once, in the receiver's hours, after a pause, or when the lease of who took it is over
    attempt      integer not null default 0, -- with the owner the token without which nobody may say what became of it
    owner        text,
    channel      text    not null default '', -- empty until it was divided among the channels
    delivered_at integer,
    dead_at      integer,
    reason       text,
    primary key (tenant, id)) without rowid, strict;

create index outbox_due on outbox (tenant, channel, due_at) where delivered_at is null and dead_at is null;
create index outbox_order on outbox (tenant, complaint, created_at) where delivered_at is null and dead_at is null;

create table command (
    tenant      text    not null,
    id          blob    not null,
    hash        text    not null,
    answer      blob    not null,
    recorded_at integer not null,
    primary key (tenant, id)) without rowid, strict;

-- Keyed hashes of what identifies a customer: equal ones meet, none can be read. They go with the person.
create table lookup (
    tenant    text not null,
    hash      text not null,
    complaint blob not null,
    person    blob not null,
    kind      text not null,
    form      integer not null,
    primary key (tenant, hash, complaint)) without rowid, strict;

create index lookup_person on lookup (tenant, person, kind);

create table number_block (
    tenant text    not null,
    year   integer not null,
    next   integer not null,
    primary key (tenant, year)) without rowid, strict;

create table definition (
    tenant       text    not null,
    kind         text    not null,
    id           text    not null,
    version      integer not null,
    hash         text    not null,
    content      text    not null,
    published_at integer not null,
    published_by text    not null,
    effective_from integer, -- from when on it holds; none for at once
    sequence     integer not null, -- in which order they were added: a node asks for what is newer than what it has
    primary key (tenant, kind, id, version)) without rowid, strict;

create unique index definition_sequence on definition (tenant, sequence);

-- Who takes part in a complaint besides its own person: their keys are loaded with it.
create table participant (
    tenant    text not null,
    complaint blob not null,
    person    blob not null,
    primary key (tenant, complaint, person)) without rowid, strict;

create table subject_key (
    tenant  text not null,
    subject blob not null,
    wrapped blob not null,
    primary key (tenant, subject)) without rowid, strict;

create table checkpoint (
    tenant   text    not null,
    sequence integer not null,
    taken_at integer not null,
    body     blob    not null,
    mac      blob    not null,
    primary key (tenant, sequence)) without rowid, strict;

-- Who sweeps this file, and until when it may be silent: one at a time, whatever the tenant.
create table sweeper (
    name  text    not null primary key,
    owner text    not null,
    until integer not null) without rowid, strict;
