-- Who takes part in a complaint: departments, teams and members of the staff, as its state says. A complaint of before has no rows until
-- they are made by 'complaints reconcile --repair', or by a host that reconciles: who sees only what they take part in sees it from then
-- on.

create table taking_part (
    tenant      text collate "C" not null,
    complaint   uuid   not null,
    party       text collate "C" not null, -- such as department/logistics, team/north, person/17
    received_at bigint not null, -- the complaint's, which never changes
    primary key (tenant, complaint, party)
) /* by tenant */;

create index taking_part_party on taking_part (tenant, party, received_at, complaint);

-- What is to be done in an area, by the day on which it is due, whoever has it.
create index work_area on work (tenant, area, due_at, aggregate, work, subject) where area is not null;

create policy tenant_wall on taking_part using (current_setting('complaints.tenant', true) in (tenant, '*'));
