-- Runs that a worker can take over from another, and the sessions, threads and orchestrations of document 002 over them.
alter table runs
  add column fence integer not null default 0,
  add column attempts integer not null default 0 check (attempts >= 0),
  add column priority smallint not null default 0,
  add column deadline_at timestamptz;
comment on column runs.fence is 'Raised whenever a worker takes the run or gives it back; what a worker with an older number writes is void.';
comment on column runs.attempts is 'How many workers have begun it, without those that handed it back.';
comment on column runs.deadline_at is 'No model call goes on after it; null when only the calls themselves are bounded.';
comment on column runs.lease_expires_at is 'Until when whoever works on a running run has promised to be alive; of a queued one, when its job is looked for.';
drop index runs_lease;
create index runs_lease on runs (lease_expires_at) where status in ('queued', 'running');

alter table run_steps
  add column round integer check (round >= 1),
  add column error_kind text,
  add column listed_micros bigint check (listed_micros >= 0);
comment on column run_steps.error_kind is 'What sort of failure error_code is, so that a run that is taken over goes on as it would have.';
comment on column run_steps.listed_micros is 'Tokens at the catalogue''s price per 1000, in millionths of a US dollar: what orchestrations count. Null when unknown.';
create index run_steps_model on run_steps (organization_id, model) include (input_tokens, output_tokens, cost_micros, listed_micros);

alter table run_events add column key text;
comment on column run_events.key is 'Names what is told, so that a run that is taken over tells it once.';
create unique index run_events_key on run_events (run_id, key) where key is not null;

create domain baton.oid as text check (value ~ '^[0-9a-f]{24}$');

create table orchestration_sessions (
  id baton.oid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  user_id text not null check (char_length(user_id) between 1 and 200),
  status text not null default 'active' check (status in ('active', 'paused', 'completed', 'cancelled')),
  max_iterations integer not null check (max_iterations between 1 and 20),
  preferred_models text[] not null,
  cost_limit numeric check (cost_limit > 0),
  total_micros bigint not null default 0 check (total_micros >= 0),
  last_sequence integer not null default 0,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column orchestration_sessions.user_id is 'The tenant''s own label of its end user, not a person of Baton.';
comment on column orchestration_sessions.cost_limit is 'US dollars; null for none.';
comment on column orchestration_sessions.last_sequence is 'The number of the last event of its feed.';
create index orchestration_sessions_newest on orchestration_sessions (organization_id, created_at desc);
create index orchestration_sessions_user on orchestration_sessions (organization_id, user_id, created_at desc);

create table orchestration_threads (
  id baton.oid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  session_id baton.oid not null references orchestration_sessions (id) on delete cascade,
  original_prompt text not null,
  domain text not null,
  context text,
  status text not null default 'open' check (status in ('open', 'processing', 'completed', 'failed')),
  best_response text,
  best_score numeric check (best_score between 0 and 10),
  total_micros bigint not null default 0 check (total_micros >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index orchestration_threads_session on orchestration_threads (session_id, created_at);
create index orchestration_threads_organization on orchestration_threads (organization_id);

create table orchestrations (
  id baton.oid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  session_id baton.oid not null references orchestration_sessions (id) on delete cascade,
  thread_id baton.oid not null references orchestration_threads (id) on delete cascade,
  run_id uuid not null unique references runs (id) on delete cascade,
  user_id text not null,
  max_iterations integer not null check (max_iterations between 1 and 20),
  preferred_models text[] not null,
  threshold numeric not null check (threshold between 0 and 10),
  candidates integer not null check (candidates between 1 and 5),
  iterations integer not null default 0 check (iterations >= 0),
  total_micros bigint not null default 0 check (total_micros >= 0),
  outcome text check (outcome in ('completed', 'failed', 'cancelled')),
  stop_reason text check (stop_reason in ('threshold', 'max_iterations', 'cost_limit', 'error')),
  reserved_micros bigint check (reserved_micros >= 0),
  reserved_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table orchestrations is 'What document 002 adds to a run: where it belongs, its settings, and what it came to.';
comment on column orchestrations.outcome is 'How its run ended; null while it is queued or running.';
comment on column orchestrations.reserved_micros is 'The most that its round under way can cost, kept free of the session''s limit until reserved_until.';
create index orchestrations_session on orchestrations (session_id) include (outcome, iterations);
create index orchestrations_thread on orchestrations (thread_id, created_at);
create index orchestrations_user on orchestrations (organization_id, user_id) include (outcome, iterations);
create index orchestrations_open on orchestrations (organization_id, user_id) where outcome is null;

create table orchestration_events (
  session_id baton.oid not null references orchestration_sessions (id) on delete cascade,
  sequence integer not null check (sequence >= 1),
  organization_id uuid not null references organizations (id) on delete cascade,
  run_id uuid not null references runs (id) on delete cascade,
  run_sequence integer not null,
  primary key (session_id, sequence)
);
comment on table orchestration_events is 'The feed of a session: which events of which runs followers see, in which order. What they say stands in run_events.';
create index orchestration_events_run on orchestration_events (run_id, run_sequence);
create index orchestration_events_organization on orchestration_events (organization_id);

create table orchestration_models (
  session_id baton.oid not null references orchestration_sessions (id) on delete cascade,
  model text not null,
  organization_id uuid not null references organizations (id) on delete cascade,
  user_id text not null,
  calls bigint not null default 0 check (calls >= 0),
  tokens bigint not null default 0 check (tokens >= 0),
  micros bigint not null default 0 check (micros >= 0),
  scored bigint not null default 0 check (scored >= 0),
  score_sum numeric not null default 0,
  primary key (session_id, model)
);
comment on table orchestration_models is 'Sums of a session''s steps by model, written with each step, so that analytics need not read the steps.';
create index orchestration_models_user on orchestration_models (organization_id, user_id);

create table model_scores (
  organization_id uuid not null references organizations (id) on delete cascade,
  model text not null,
  domain text not null,
  calls bigint not null default 0 check (calls >= 0),
  tokens bigint not null default 0 check (tokens >= 0),
  micros bigint not null default 0 check (micros >= 0),
  scored bigint not null default 0 check (scored >= 0),
  score_sum numeric not null default 0,
  updated_at timestamptz not null default now(),
  primary key (organization_id, model, domain)
);
comment on table model_scores is 'How an organization''s own orchestrations judged each model in each domain.';

do $$
declare name text;
begin
  foreach name in array array['orchestration_sessions', 'orchestration_threads', 'orchestrations', 'orchestration_events',
    'orchestration_models', 'model_scores']
  loop
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
