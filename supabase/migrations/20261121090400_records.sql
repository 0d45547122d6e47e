-- What happened: usage for people who pay, events for programs that follow, audit for people who must answer for it.
create table usage_events (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  type text not null check (type in
    ('invocation', 'package_upload', 'deployment', 'api_call', 'credit_topup', 'member_invited', 'key_created')),
  description text not null,
  value numeric,
  api_key_id uuid,
  user_id uuid,
  created_at timestamptz not null default now()
);
create index usage_events_newest on usage_events (organization_id, created_at desc);

create table events (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now()
);
create index events_newest on events (organization_id, id desc);

create table audit_entries (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  event text not null,
  severity text not null check (severity in ('info', 'warning', 'critical')),
  api_key_id uuid,
  user_id uuid,
  ip_address inet,
  user_agent text,
  request_id text not null,
  resource_type text not null,
  resource_id text not null,
  details jsonb not null,
  created_at timestamptz not null default now()
);
comment on table audit_entries is 'Append-only: nobody but the owner of the database can change or remove a row.';
create index audit_entries_newest on audit_entries (organization_id, id desc);

alter table usage_events enable row level security;
alter table events enable row level security;
alter table audit_entries enable row level security;
revoke all on usage_events, events, audit_entries from anon, authenticated;
grant select, insert on usage_events, events, audit_entries to authenticated;

create policy usage_events_read on usage_events for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
create policy usage_events_insert on usage_events for insert to authenticated
  with check (organization_id = (select baton.organization_id()));
create policy events_read on events for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
create policy events_insert on events for insert to authenticated
  with check (organization_id = (select baton.organization_id()));
create policy audit_entries_read on audit_entries for select to authenticated
  using (organization_id = (select baton.organization_id()));
create policy audit_entries_insert on audit_entries for insert to authenticated
  with check (organization_id = (select baton.organization_id()));
