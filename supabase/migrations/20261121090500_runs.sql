-- Every piece of model work is a run; each model call in it is a step; what followers see of it is an event.
create table runs (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  kind text not null check (kind in ('completion', 'chat', 'orchestration', 'agent', 'team', 'invocation')),
  strategy text not null check (strategy in ('passthrough', 'single', 'refine', 'team', 'debate')),
  status text not null check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  model text,
  input jsonb,
  output text,
  score numeric check (score between 0 and 10),
  error_code text,
  error_message text,
  simulated boolean not null default false,
  input_tokens bigint not null default 0 check (input_tokens >= 0),
  output_tokens bigint not null default 0 check (output_tokens >= 0),
  cost_micros bigint check (cost_micros >= 0),
  api_key_id uuid,
  user_id uuid,
  request_id text not null,
  lease_expires_at timestamptz,
  created_at timestamptz not null default now(),
  completed_at timestamptz
);
comment on column runs.cost_micros is 'Millionths of a US dollar, the sum of the steps; null when a step has no known price.';
comment on column runs.lease_expires_at is 'Until when the process that works on a running run has promised to be alive.';
create index runs_newest on runs (organization_id, created_at desc);
create index runs_lease on runs (lease_expires_at) where status = 'running';

create table run_steps (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  run_id uuid not null references runs (id) on delete cascade,
  position integer not null check (position >= 0),
  name text not null check (name in ('generate', 'evaluate', 'merge', 'summarize')),
  status text not null check (status in ('completed', 'failed', 'cancelled')),
  model text not null,
  provider text not null,
  output text,
  score numeric check (score between 0 and 10),
  feedback text,
  error_code text,
  error_message text,
  simulated boolean not null default false,
  input_tokens bigint not null default 0 check (input_tokens >= 0),
  output_tokens bigint not null default 0 check (output_tokens >= 0),
  cost_micros bigint check (cost_micros >= 0),
  latency_ms integer not null check (latency_ms >= 0),
  created_at timestamptz not null default now(),
  unique (run_id, position)
);
create index run_steps_newest on run_steps (organization_id, created_at desc);

create table run_events (
  run_id uuid not null references runs (id) on delete cascade,
  sequence integer not null check (sequence >= 1),
  organization_id uuid not null references organizations (id) on delete cascade,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now(),
  primary key (run_id, sequence)
);
create index run_events_organization on run_events (organization_id, created_at desc);

create table chat_sessions (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  session_id text not null check (char_length(session_id) between 1 and 128),
  created_at timestamptz not null default now(),
  last_active_at timestamptz not null default now(),
  unique (organization_id, session_id)
);
comment on column chat_sessions.session_id is 'Chosen by the client; the same text in two organizations names two sessions.';

create table chat_turns (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  chat_session_id uuid not null references chat_sessions (id) on delete cascade,
  position bigint generated always as identity,
  role text not null check (role in ('user', 'assistant')),
  content text not null,
  run_id uuid references runs (id) on delete set null,
  created_at timestamptz not null default now()
);
create index chat_turns_session on chat_turns (chat_session_id, position desc);
create index chat_turns_organization on chat_turns (organization_id);
create index chat_turns_run on chat_turns (run_id);

do $$
declare name text;
begin
  foreach name in array array['runs', 'run_steps', 'run_events', 'chat_sessions', 'chat_turns'] loop
    execute format('alter table %I enable row level security', name);
    execute format('revoke all on %I from anon, authenticated', name);
    execute format('grant select, insert, update, delete on %I to authenticated', name);
    execute format($p$create policy %I on %I for select to authenticated
      using (organization_id = any ((select baton.readable_organizations())::uuid[]))$p$, name || '_read', name);
    execute format($p$create policy %I on %I for all to authenticated
      using (organization_id = (select baton.organization_id()))
      with check (organization_id = (select baton.organization_id()))$p$, name || '_write', name);
  end loop;
end $$;
