-- A second wall between tenants: each statement says whose rows it is about, and the database shows it no others. '*' is everybody's, for
-- the one question which tenants there are. The policies have no effect until row-level security is switched on for the tables.

create policy tenant_wall on complaint    using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on event        using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on timer        using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on outbox       using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on command      using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on lookup       using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on subject_key  using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on number_block using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on definition   using (current_setting('complaints.tenant', true) in (tenant, '*'));
create policy tenant_wall on checkpoint   using (current_setting('complaints.tenant', true) in (tenant, '*'));
