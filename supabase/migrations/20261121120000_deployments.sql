-- What carries out deployments and calls of deployed agents.
alter table deployments
  add column attempt_started_at timestamptz,
  add column superseded_by uuid;
comment on column deployments.attempt_started_at is 'When the worker that has it now took it; null while it waits.';
comment on column deployments.superseded_by is 'The newer deployment of the app that was live already when this one completed.';
create index deployments_processing on deployments (organization_id) where status = 'processing';
create index deployments_status on deployments (status, completed_at);
create index deployments_finished on deployments (organization_id, completed_at) where completed_at is not null;
create index deployments_finished_platform on deployments (completed_at) where completed_at is not null;

alter table agent_apps add column current_deployment_id uuid references deployments (id) on delete set null;
comment on column agent_apps.current_deployment_id is 'The deployment that made deployed_package_id live.';
create index agent_apps_current_deployment on agent_apps (current_deployment_id);

alter table packages add column metadata jsonb;
comment on column packages.metadata is 'What the deployment found the package to be; null before its first one.';

create table invocations (
  run_id uuid primary key references runs (id) on delete cascade,
  organization_id uuid not null references organizations (id) on delete cascade,
  agent_app_id uuid not null,
  deployment_id uuid,
  package_id uuid not null,
  version text not null,
  mode text not null check (mode in ('sync', 'stream', 'queued')),
  debit_reference text not null,
  is_refunded boolean not null default false,
  closed_at timestamptz,
  idempotency_key text check (char_length(idempotency_key) <= 255),
  body_hash bytea,
  created_at timestamptz not null default now(),
  unique (organization_id, agent_app_id, idempotency_key)
);
comment on table invocations is 'A call of a deployed app: which version answers in which run, and what was paid for it.';
comment on column invocations.agent_app_id is 'No foreign key: what was paid is settled even when the app is deleted meanwhile.';
comment on column invocations.closed_at is 'When it was settled: its run completed, or its credits were given back.';
comment on column invocations.idempotency_key is 'Null again after a failure, so that a retry may run.';
create index invocations_newest on invocations (organization_id, agent_app_id, created_at desc);
create index invocations_open on invocations (created_at) where closed_at is null;

alter table invocations enable row level security;
revoke all on invocations from anon, authenticated;
grant select, insert, update, delete on invocations to authenticated;
create policy invocations_all on invocations for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
create policy invocations_read on invocations for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
