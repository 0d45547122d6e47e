-- The pricing desk: policies, quotes, decisions and their exceptions, experiments, and what sold work really cost.
-- Markups and percentages are basis points: a markup of 4.0 is 40000, a margin of 55 % is 5500.
create table pricing_policies (
  organization_id uuid not null references organizations (id) on delete cascade,
  version integer not null check (version >= 1),
  effective_at timestamptz not null,
  low_markup_bp integer not null check (low_markup_bp > 0),
  medium_markup_bp integer not null check (medium_markup_bp > 0),
  high_markup_bp integer not null check (high_markup_bp > 0),
  enterprise_adjustment_bp integer not null,
  mid_market_adjustment_bp integer not null,
  smb_adjustment_bp integer not null,
  startup_adjustment_bp integer not null,
  minimum_price_cents integer not null check (minimum_price_cents >= 1),
  task_margin_bp integer not null check (task_margin_bp between 0 and 9999),
  subscription_margin_bp integer not null check (subscription_margin_bp between 0 and 9999),
  enterprise_margin_bp integer not null check (enterprise_margin_bp between 0 and 9999),
  note text check (char_length(note) <= 500),
  api_key_id uuid,
  user_id uuid,
  created_at timestamptz not null default now(),
  primary key (organization_id, version),
  check (low_markup_bp <= medium_markup_bp and medium_markup_bp <= high_markup_bp),
  check (low_markup_bp + least(enterprise_adjustment_bp, mid_market_adjustment_bp, smb_adjustment_bp,
    startup_adjustment_bp) > 0)
);
comment on table pricing_policies is 'Append-only. The version in force is the one with the latest effective_at that has come; without any, the default figures (version 0).';
create index pricing_policies_effective on pricing_policies (organization_id, effective_at desc, version desc);

create table pricing_experiments (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 100),
  test_share_bp integer not null check (test_share_bp between 0 and 10000),
  markup_adjustment_bp integer not null,
  completed_at timestamptz,
  api_key_id uuid,
  user_id uuid,
  created_at timestamptz not null default now()
);
comment on column pricing_experiments.test_share_bp is 'The share of subjects that get the variant test.';
comment on column pricing_experiments.markup_adjustment_bp is 'Added to the final markup of the variant test.';
create index pricing_experiments_newest on pricing_experiments (organization_id, created_at desc, id desc);

create table pricing_assignments (
  experiment_id uuid not null references pricing_experiments (id) on delete cascade,
  subject text not null check (char_length(subject) between 1 and 200),
  organization_id uuid not null references organizations (id) on delete cascade,
  variant text not null check (variant in ('control', 'test')),
  created_at timestamptz not null default now(),
  primary key (experiment_id, subject)
);
comment on column pricing_assignments.subject is 'The tenant''s own label of whom it quotes; he keeps his variant.';
create index pricing_assignments_organization on pricing_assignments (organization_id);

create table pricing_quotes (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  source text not null check (source in ('quote', 'batch', 'decision', 'scenario')),
  model text not null check (model in ('k2p5', 'sonnet', 'opus', 'minimax-m2.5')),
  complexity text not null check (complexity in ('low', 'medium', 'high')),
  segment text not null check (segment in ('enterprise', 'mid_market', 'smb', 'startup')),
  delivery_type text not null check (delivery_type in ('task', 'subscription', 'enterprise')),
  input_tokens bigint not null check (input_tokens >= 0),
  output_tokens bigint not null check (output_tokens >= 0),
  internal_cost_micros bigint not null check (internal_cost_micros >= 0),
  base_markup_bp integer not null,
  segment_adjustment_bp integer not null,
  final_markup_bp integer not null,
  price_cents bigint not null check (price_cents >= 1),
  gross_margin_bp bigint not null,
  minimum_margin_bp integer not null,
  policy_version integer not null check (policy_version >= 0),
  experiment_id uuid references pricing_experiments (id) on delete set null,
  variant text check (variant in ('control', 'test')),
  api_key_id uuid,
  user_id uuid,
  created_at timestamptz not null default now()
);
comment on table pricing_quotes is 'Append-only. Each keeps the figures it was made with, so that a later policy changes nothing in it.';
comment on column pricing_quotes.policy_version is '0: the default figures of Baton, before the organization had a policy of its own.';
create index pricing_quotes_newest on pricing_quotes (organization_id, created_at desc, id desc);
create index pricing_quotes_experiment on pricing_quotes (experiment_id) where experiment_id is not null;

create table pricing_decisions (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  quote_id uuid not null references pricing_quotes (id) on delete cascade,
  status text not null check (status in ('approved', 'escalated')),
  approver text not null check (char_length(approver) between 1 and 100),
  delivery_type text not null check (delivery_type in ('task', 'subscription', 'enterprise')),
  gross_margin_bp bigint not null,
  resolution text check (resolution in ('exception', 'declined')),
  resolved_at timestamptz,
  resolved_by uuid,
  created_at timestamptz not null default now(),
  check ((resolution is null) = (resolved_at is null))
);
comment on column pricing_decisions.resolution is 'What the deal desk made of an escalated one; null while it waits there.';
create index pricing_decisions_newest on pricing_decisions (organization_id, created_at desc, id desc);
create index pricing_decisions_waiting on pricing_decisions (organization_id, created_at)
  where status = 'escalated' and resolution is null;
create index pricing_decisions_quote on pricing_decisions (quote_id);

create table pricing_exceptions (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  decision_id uuid not null unique references pricing_decisions (id) on delete cascade,
  reason text not null check (char_length(reason) between 1 and 1000),
  opened_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  closing_note text check (char_length(closing_note) <= 1000),
  created_at timestamptz not null default now()
);
create index pricing_exceptions_newest on pricing_exceptions (organization_id, created_at desc, id desc);
create index pricing_exceptions_open on pricing_exceptions (organization_id, created_at) where closed_at is null;
create index pricing_exceptions_closed on pricing_exceptions (organization_id, closed_at) where closed_at is not null;

create table pricing_outcomes (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  experiment_id uuid not null references pricing_experiments (id) on delete cascade,
  subject text not null check (char_length(subject) between 1 and 200),
  variant text not null check (variant in ('control', 'test')),
  decision_status text not null check (decision_status in ('approved', 'escalated')),
  gross_margin_bp bigint not null,
  decision_id uuid references pricing_decisions (id) on delete set null,
  created_at timestamptz not null default now()
);
comment on table pricing_outcomes is 'What an experiment saw; decision_id is null where the decision was made elsewhere.';
create index pricing_outcomes_experiment on pricing_outcomes (experiment_id) include (variant, decision_status, gross_margin_bp);
create index pricing_outcomes_organization on pricing_outcomes (organization_id);
create index pricing_outcomes_decision on pricing_outcomes (decision_id) where decision_id is not null;

create table pricing_scenario_sets (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 100),
  delivery_type text not null check (delivery_type in ('task', 'subscription', 'enterprise')),
  scenarios jsonb not null,
  user_id uuid,
  created_at timestamptz not null default now(),
  unique (organization_id, name)
);
create index pricing_scenario_sets_newest on pricing_scenario_sets (organization_id, created_at desc, id desc);

create table pricing_quote_runs (
  run_id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  quote_id uuid not null references pricing_quotes (id) on delete cascade,
  holds_quote boolean not null default true,
  cost_micros bigint check (cost_micros >= 0),
  input_tokens bigint check (input_tokens >= 0),
  output_tokens bigint check (output_tokens >= 0),
  attached_at timestamptz not null default now(),
  realised_at timestamptz
);
comment on table pricing_quote_runs is 'Which runs were done under a quote and what they really cost.';
comment on column pricing_quote_runs.run_id is 'No foreign key: what sold work cost outlives the run.';
comment on column pricing_quote_runs.holds_quote is 'A quote is done by one run; one that failed or was cancelled gives it free for another attempt.';
create unique index pricing_quote_runs_holder on pricing_quote_runs (quote_id) where holds_quote;
create index pricing_quote_runs_quote on pricing_quote_runs (quote_id);
create index pricing_quote_runs_realised on pricing_quote_runs (organization_id, realised_at) where realised_at is not null;

create table orchestrator_settings (
  organization_id uuid primary key references organizations (id) on delete cascade,
  daily_budget_micros bigint not null default 50000000 check (daily_budget_micros >= 0),
  updated_at timestamptz not null default now()
);
comment on column orchestrator_settings.daily_budget_micros is 'Model spend per UTC day, in millionths of a US dollar. An organization without a row has the default.';

create table pricing_budget_alerts (
  organization_id uuid not null references organizations (id) on delete cascade,
  day date not null,
  level text not null check (level in ('warning', 'critical')),
  spend_micros bigint not null,
  budget_micros bigint not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, day, level)
);
comment on table pricing_budget_alerts is 'Each threshold of the daily budget is announced once per UTC day.';

-- A hook of the pricing register is known by its label, `pricing_webhook_<unix seconds>`.
alter table webhook_endpoints add column label text check (label ~ '^[a-z0-9_]{1,64}$');
create unique index webhook_endpoints_label on webhook_endpoints (organization_id, label) where label is not null;

-- All of today's spend, of all organizations: rows come in the order of time, so a few pages of index are enough.
create index run_steps_time on run_steps using brin (created_at);
create index runs_completed_model on runs (organization_id, model, created_at desc) where status = 'completed';

do $$
declare name text;
begin
  foreach name in array array['pricing_policies', 'pricing_experiments', 'pricing_assignments', 'pricing_quotes',
    'pricing_decisions', 'pricing_exceptions', 'pricing_outcomes', 'pricing_scenario_sets', 'pricing_quote_runs',
    'orchestrator_settings', 'pricing_budget_alerts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('revoke all on %I from anon, authenticated', name);
    execute format('grant select, insert on %I to authenticated', name);
    execute format($p$create policy %I on %I for select to authenticated
      using (organization_id = any ((select baton.readable_organizations())::uuid[]))$p$, name || '_read', name);
    execute format($p$create policy %I on %I for all to authenticated
      using (organization_id = (select baton.organization_id()))
      with check (organization_id = (select baton.organization_id()))$p$, name || '_write', name);
  end loop;
end $$;
grant update (completed_at) on pricing_experiments to authenticated;
grant update (resolution, resolved_at, resolved_by) on pricing_decisions to authenticated;
grant update (closed_at, closed_by, closing_note) on pricing_exceptions to authenticated;
grant update (holds_quote, cost_micros, input_tokens, output_tokens, realised_at) on pricing_quote_runs to authenticated;
grant update (daily_budget_micros, updated_at) on orchestrator_settings to authenticated;
grant delete on pricing_scenario_sets to authenticated;
