-- Complaints, their histories, and what must be written with them.
-- Every key begins with the tenant, so that tables can be partitioned or sharded by it. Instants are microseconds since 1970-01-01T00:00Z, flags are 0 and 1.
-- Texts are compared byte by byte (collate "C"), whatever the database's own collation is.
-- Parts do not refer to their complaint by a foreign key: they are written in one statement by one program, and an event must outlive
-- a complaint that somebody deletes, so that 'complaints verify' can name it.
-- A table marked 'by tenant' is partitioned by a hash of the tenant where that was asked for when the schema was made.

create table complaint (
    tenant          text collate "C" not null,
    id              uuid    not null,
    number          text collate "C" not null,
    person          uuid    not null,
    received_at     bigint  not null,
    source          text collate "C",
    source_hash     text collate "C", -- a keyed hash of the id there, which stays when the person is erased
    imported        integer not null,
    item_kind       text collate "C",
    item_model      text collate "C",
    customer_hash   text collate "C", -- this and the two below go when the person is erased
    item_hash       text collate "C",
    repeat_hash     text collate "C",
    version         integer not null,
    kind            text collate "C" not null,
    state           text collate "C" not null,
    round           integer not null,
    priority        text collate "C" not null,
    category        text collate "C",
    subcategory     text collate "C",
    channel         text collate "C" not null,
    entry_point     text collate "C",
    area            text collate "C",
    owner           text collate "C",
    team            text collate "C",
    title           bytea,
    updated_at      bigint  not null,
    acknowledged_at bigint,
    due_at          bigint,
    target_at       bigint,
    resolved_at     bigint,
    closed_at       bigint,
    outcome         text collate "C",
    source_in_time  integer,
    own_in_time     integer, -- what our own clocks said about an imported complaint, beside its source's verdict
    own_due_at      bigint,
    contradictions  text collate "C",
    unanswered_since bigint, -- since when the customer has waited for an answer to a message
    measures        text collate "C", -- recorded results, for reports
    repeat_of       uuid,
    attributes      text collate "C",
    head            bytea   not null
) /* by tenant */;

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
    tenant    text collate "C" not null,
    complaint uuid    not null,
    schema    integer not null,
    body      bytea   not null,
    primary key (tenant, complaint)
) /* by tenant */;

create table event (
    tenant    text collate "C" not null,
    complaint uuid    not null,
    version   integer not null,
    idx       integer not null,
    hash      bytea   not null,
    body      bytea   not null, -- the exact bytes that were hashed, never jsonb, which rewrites them
    primary key (tenant, complaint, version, idx)
) /* by tenant */;

-- What is small beside the complaints, such as improvements, whatever it is: its columns and its state in one row. Its history, commands,
-- messages and key lie with those of the complaints, and its id is unlike any of theirs.
create table aggregate (
    tenant     text collate "C" not null,
    noun       text collate "C" not null, -- what it is: improvement
    id         uuid not null,
    number     text collate "C" not null,
    year       integer not null,
    serial     bigint not null,
    version    integer not null,
    kind       text collate "C" not null,
    status     text collate "C" not null,
    owner      text collate "C",
    team       text collate "C",
    subject    uuid not null,
    title      bytea not null, -- sealed, and no bytes for none
    opened_at  bigint not null,
    updated_at bigint not null,
    due_at     bigint,
    ended_at   bigint,
    look_at    bigint, -- when a sweep must look at it
    schema     integer not null,
    body       bytea not null,
    head       bytea not null
) /* by tenant */;

create unique index aggregate_id on aggregate (tenant, id);
create unique index aggregate_number on aggregate (tenant, noun, year, serial);
create unique index aggregate_name on aggregate (tenant, noun, number);
create index aggregate_look on aggregate (tenant, noun, look_at) where look_at is not null;

create table timer (
    tenant    text collate "C" not null,
    complaint uuid    not null,
    clock     text collate "C" not null,
    purpose   text collate "C" not null,
    due_at    bigint  not null,
    primary key (tenant, complaint, clock, purpose)
) /* by tenant */;

-- Due timers are claimed in this order, each batch after the one before: with the complaint in it, equal instants need no sorting.
create index timer_order on timer (tenant, due_at, complaint);

-- What waits for whom: a projection of the state, written with it. One row a piece of work.
create table work (
    tenant    text collate "C" not null,
    aggregate uuid   not null,
    noun      text collate "C" not null, -- of what it is: complaint, improvement
    subject   text collate "C" not null, -- the part that it is about, empty for the whole
    work      text collate "C" not null,
    person    text collate "C",
    team      text collate "C",
    duty      text collate "C", -- what one must be permitted to do to have it, where it is nobody's
    amount    bigint not null, -- the authority that it takes, in ten-thousandths
    not_for   text collate "C", -- who must not do it: each id between line feeds
    area      text collate "C",
    due_at    bigint not null, -- behind every instant where there is none
    since     bigint not null,
    primary key (tenant, aggregate, subject, work)
) /* by tenant */;

create index work_person on work (tenant, person, due_at, aggregate, work, subject) where person is not null;
create index work_team on work (tenant, team, due_at, aggregate, work, subject) where team is not null and person is null;
create index work_duty on work (tenant, duty, due_at, aggregate, work, subject) where duty is not null;

-- How complaints are linked with other cases, as their own histories say.
create table link (
    tenant    text collate "C" not null,
    complaint uuid not null,
    other     uuid not null,
    noun      text collate "C" not null, -- what the other is: complaint, improvement
    kind      text collate "C" not null,
    primary key (tenant, complaint, other, kind)
) /* by tenant */;

create index link_other on link (tenant, other);

create table outbox (
    tenant       text collate "C" not null,
    id           uuid    not null,
    complaint    uuid    not null,
    topic        text collate "C" not null,
    payload      bytea   not null,
    created_at   bigint  not null,
    due_at       bigint  not null, -- when it may be sent next: at once, in the receiver's hours, after a pause, or when the lease of who took it is over
    attempt      integer not null default 0, -- with the owner the token without which nobody may say what became of it
    owner        text collate "C",
    channel      text collate "C" not null default '', -- empty until it was divided among the channels
    delivered_at bigint,
    dead_at      bigint,
    reason       text,
    primary key (tenant, id)
) /* by tenant */;

create index outbox_due on outbox (tenant, channel, due_at) where delivered_at is null and dead_at is null;
create index outbox_order on outbox (tenant, complaint, created_at) where delivered_at is null and dead_at is null;

create table command (
    tenant      text collate "C" not null,
    id          uuid    not null,
    hash        text collate "C" not null,
    answer      bytea   not null,
    recorded_at bigint  not null,
    primary key (tenant, id)
) /* by tenant */;

-- Keyed hashes of what identifies a customer: equal ones meet, none can be read. They go with the person.
create table lookup (
    tenant    text collate "C" not null,
    hash      text collate "C" not null,
    complaint uuid not null,
    person    uuid not null,
    kind      text collate "C" not null,
    form      integer not null,
    primary key (tenant, hash, complaint)
) /* by tenant */;

create index lookup_person on lookup (tenant, person, kind);

-- Who takes part in a complaint besides its own person: their keys are loaded with it.
create table participant (
    tenant    text collate "C" not null,
    complaint uuid not null,
    person    uuid not null,
    primary key (tenant, complaint, person)
) /* by tenant */;

create table subject_key (
    tenant  text collate "C" not null,
    subject uuid  not null,
    wrapped bytea not null,
    primary key (tenant, subject)
) /* by tenant */;

create table number_block (
    tenant text collate "C" not null,
    year   integer not null,
    next   bigint  not null,
    primary key (tenant, year)
);

create table definition (
    tenant       text collate "C" not null,
    kind         text collate "C" not null,
    id           text collate "C" not null,
    version      integer not null,
    hash         text collate "C" not null,
    content      text collate "C" not null,
    published_at bigint  not null,
    published_by text collate "C" not null,
    effective_from bigint, -- from when on it holds; none for at once
    sequence     bigint  not null, -- in which order they were added: a node asks for what is newer than what it has
    primary key (tenant, kind, id, version)
);

create unique index definition_sequence on definition (tenant, sequence);

create table checkpoint (
    tenant   text collate "C" not null,
    sequence integer not null,
    taken_at bigint  not null,
    body     bytea   not null,
    mac      bytea   not null,
    primary key (tenant, sequence)
);

-- A second wall between tenants: each statement says whose rows it is about, and the database shows it no others. '*' is everybody's, for
-- the one question which tenants there are. The policies have no effect until row-level security is switched on for the tables.

create policy tenant_wall on complaint       using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on complaint_state using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on aggregate       using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on event           using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on timer           using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on work            using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on link            using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on outbox          using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on command         using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on lookup          using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on participant     using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on subject_key     using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on number_block    using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on definition      using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on checkpoint      using (current_setting('complaints.tenant', true) in (tenant, '*'));
