-- Agents and teams of document 004 over the runs, and the daily budgets that they are held to.
create domain baton.agent_id as text check (value ~ '^subagent_[0-9]{9,12}_[0-9]{4}$');
create domain baton.team_id as text check (value ~ '^team_[a-z0-9_]{1,60}$');

create table teams (
  organization_id uuid not null references organizations (id) on delete cascade,
  team baton.team_id not null,
  name text not null check (char_length(name) between 1 and 100),
  description text check (char_length(description) <= 1000),
  models text[] not null check (cardinality(models) <= 10),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, team)
);
comment on table teams is 'Teams that an organization registered itself; the built-in ones are code.';

create table agents (
  run_id uuid primary key references runs (id) on delete cascade,
  organization_id uuid not null references organizations (id) on delete cascade,
  agent_id baton.agent_id not null,
  status text not null check (status in ('spawning', 'running', 'completed', 'failed', 'cancelled')),
  model text not null,
  team text,
  task text not null check (char_length(task) <= 200),
  priority text not null check (priority in ('low', 'normal', 'high')),
  timeout_seconds integer not null check (timeout_seconds between 1 and 3600),
  owner text not null,
  estimated_micros bigint not null check (estimated_micros >= 0),
  actual_micros bigint not null default 0 check (actual_micros >= 0),
  held_micros bigint not null default 0 check (held_micros >= 0),
  budget_day date not null,
  simulated boolean not null default false,
  quote_id text,
  quote_input_tokens bigint,
  quote_output_tokens bigint,
  error text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  unique (organization_id, agent_id)
);
comment on table agents is 'What document 004 adds to a run: the name callers know it by, and what it was meant to cost and did.';
comment on column agents.task is 'Its first 100 characters, masked when the agent says so: what lists show and search. The whole task is encrypted in runs.input.';
comment on column agents.owner is 'Whose live agents it counts among: key:<id> or user:<id>.';
comment on column agents.held_micros is 'What of the estimate is still kept free of the budget of budget_day, in millionths of a US dollar.';
create index agents_newest on agents (organization_id, created_at, agent_id);
create index agents_status on agents (organization_id, status, agent_id) include (model, actual_micros);
create index agents_status_newest on agents (organization_id, status, created_at, agent_id);
create index agents_cost on agents (organization_id, actual_micros, agent_id);
create index agents_model on agents (organization_id, model, created_at, agent_id) include (actual_micros);
create index agents_team on agents (organization_id, team, created_at, agent_id) where team is not null;
create index agents_priority on agents (organization_id, priority, created_at);
create index agents_live on agents (organization_id, owner) where status in ('spawning', 'running');
create index agents_simulated on agents (organization_id, completed_at) where simulated and actual_micros > 0;

-- Whoever erases what was said in a run erases what its agent's row repeats of it.
create function baton.erase_agent() returns trigger language plpgsql security definer set search_path = ''
  as $$
  begin
    update public.agents set task = '', error = null where run_id = new.run_id;
    return null;
  end $$;
create trigger run_privacy_purged after update of purged_at on run_privacy
  for each row when (old.purged_at is null and new.purged_at is not null) execute function baton.erase_agent();

create table budget_limits (
  organization_id uuid not null references organizations (id) on delete cascade,
  scope text not null check (scope in ('key', 'team')),
  subject text not null,
  daily_micros bigint not null check (daily_micros >= 0),
  updated_at timestamptz not null default now(),
  primary key (organization_id, scope, subject)
);
comment on table budget_limits is 'Daily budgets of single keys (their id) and teams, beside that of the whole organization.';

create table budget_days (
  organization_id uuid not null references organizations (id) on delete cascade,
  day date not null,
  scope text not null check (scope in ('organization', 'key', 'team')),
  subject text not null,
  spent_micros bigint not null default 0 check (spent_micros >= 0),
  simulated_micros bigint not null default 0 check (simulated_micros >= 0),
  reserved_micros bigint not null default 0 check (reserved_micros >= 0),
  primary key (organization_id, day, scope, subject)
);
comment on table budget_days is 'What was spent on models and what is held for agents under way, per UTC day, in millionths of a US dollar.';
comment on column budget_days.subject is 'The id of the key or the team; empty for the organization.';
comment on column budget_days.simulated_micros is 'Of spent_micros, what the simulator billed and no provider asks.';

create table budget_alerts (
  organization_id uuid not null references organizations (id) on delete cascade,
  day date not null,
  level text not null check (char_length(level) between 1 and 40),
  created_at timestamptz not null default now(),
  primary key (organization_id, day, level)
);
comment on table budget_alerts is 'Each level, and each percentage that the organization wants to hear of, is announced once per UTC day.';

alter table orchestrator_settings
  add column alert_percents integer[] not null default '{70,90}'
    check (cardinality(alert_percents) <= 10 and 1 <= all (alert_percents) and 100 >= all (alert_percents)),
  add column alert_mail boolean not null default false;
comment on column orchestrator_settings.alert_percents is 'Shares of the daily budget at which budget.spending_alert is told.';
grant update (alert_percents, alert_mail) on orchestrator_settings to authenticated;

-- Chats, orchestrations and the gateway spend the same day's budget; agents move what they hold themselves. Rows are
-- locked in one order everywhere: the organization's, then those of keys and teams.
create function baton.note_budget_spend() returns trigger language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.budget_days as b (organization_id, day, scope, subject, spent_micros)
    select organization_id, (now() at time zone 'UTC')::date, scope, subject, sum(cost_micros)
    from (
      select r.organization_id, s.cost_micros, v.scope, v.subject
      from added s join public.runs r on r.id = s.run_id
        cross join lateral (values ('organization', ''), ('key', r.api_key_id::text)) as v (scope, subject)
      where s.cost_micros > 0 and not s.simulated and r.kind not in ('agent', 'team') and v.subject is not null
    ) as spent
    group by organization_id, scope, subject
    order by organization_id, scope <> 'organization', scope, subject
    on conflict (organization_id, day, scope, subject) do update set spent_micros = b.spent_micros + excluded.spent_micros;
    return null;
  end $$;
create trigger run_steps_budget after insert on run_steps referencing new table as added
  for each statement execute function baton.note_budget_spend();

do $$
declare name text;
begin
  foreach name in array array['teams', 'agents', 'budget_limits', 'budget_days', 'budget_alerts'] loop
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
