-- Web hooks: who wants to be told, what he is to be told, and each attempt to do so.
create table webhook_endpoints (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  scope_type text not null check (scope_type in ('organization', 'agent_app', 'chat', 'pricing')),
  scope_id uuid,
  url text not null check (char_length(url) between 1 and 2048),
  description text check (char_length(description) <= 500),
  events text[] not null check (cardinality(events) <= 50),
  sealed_secret bytea,
  sealed_previous_secret bytea,
  previous_secret_expires_at timestamptz,
  rate_per_minute integer not null default 600 check (rate_per_minute between 1 and 6000),
  active boolean not null default true,
  disabled_reason text check (disabled_reason in ('manual', 'gone', 'failing')),
  disabled_at timestamptz,
  failing_since timestamptz,
  created_by uuid references profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (active = (disabled_reason is null)),
  check ((scope_type = 'agent_app') = (scope_id is not null))
);
comment on column webhook_endpoints.scope_type is 'Which register it belongs to; an agent_app one (scope_id is the app) hears only of its app, the others of the whole organization.';
comment on column webhook_endpoints.sealed_secret is 'Sealed with BATON_SECRET_KEY; without one, deliveries are not signed.';
comment on column webhook_endpoints.sealed_previous_secret is 'Signs too until previous_secret_expires_at, so that the receiver can change over.';
comment on column webhook_endpoints.failing_since is 'Start of an unbroken series of failures; null after a success.';
create index webhook_endpoints_newest on webhook_endpoints (organization_id, scope_type, scope_id, created_at desc);
create index webhook_endpoints_created_by on webhook_endpoints (created_by);
create index webhook_endpoints_rotated on webhook_endpoints (previous_secret_expires_at)
  where previous_secret_expires_at is not null;

create table webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id) on delete cascade,
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  event text not null,
  payload text not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
  tries integer not null default 0 check (tries >= 0),
  attempts integer not null default 0 check (attempts >= tries),
  next_attempt_at timestamptz default now(),
  response_status integer,
  error text,
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  check ((status = 'pending') = (next_attempt_at is not null))
);
comment on column webhook_deliveries.payload is 'The exact text that is sent and signed; it never changes.';
comment on column webhook_deliveries.tries is 'Attempts that the retry schedule made; attempts counts those asked for by people too.';
comment on column webhook_deliveries.next_attempt_at is 'When the schedule tries next; while an attempt is under way, when it counts as lost.';
comment on column webhook_deliveries.response_status is 'Of the newest attempt, as is error.';
create index webhook_deliveries_newest on webhook_deliveries (endpoint_id, created_at desc, id desc);
create index webhook_deliveries_organization on webhook_deliveries (organization_id);
create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where status = 'pending';
create index webhook_deliveries_old on webhook_deliveries (created_at);

create table webhook_attempts (
  delivery_id uuid not null references webhook_deliveries (id) on delete cascade,
  number integer not null check (number >= 1),
  organization_id uuid not null references organizations (id) on delete cascade,
  is_manual boolean not null,
  request_headers jsonb not null,
  response_status integer,
  response_headers jsonb,
  response_body text check (octet_length(response_body) <= 32768),
  error text,
  latency_ms integer not null check (latency_ms >= 0),
  started_at timestamptz not null,
  primary key (delivery_id, number)
);
comment on table webhook_attempts is 'Append-only. What was sent is the delivery''s payload under these headers; of the answer the first 8 KB are kept.';
create index webhook_attempts_organization on webhook_attempts (organization_id);

alter table webhook_endpoints enable row level security;
alter table webhook_deliveries enable row level security;
alter table webhook_attempts enable row level security;
revoke all on webhook_endpoints, webhook_deliveries, webhook_attempts from anon, authenticated;
grant select, insert, update, delete on webhook_endpoints to authenticated;
grant select, insert on webhook_deliveries, webhook_attempts to authenticated;
grant update (status, tries, attempts, next_attempt_at, response_status, error, completed_at) on webhook_deliveries to authenticated;

-- Secrets are in the first, answers of other people's servers in the third: only through Baton, which knows the scopes.
create policy webhook_endpoints_all on webhook_endpoints for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
create policy webhook_deliveries_all on webhook_deliveries for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
create policy webhook_attempts_all on webhook_attempts for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
