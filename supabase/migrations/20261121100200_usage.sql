-- Usage that adds up: what a breakdown needs, totals of closed days, and the alerts of a monthly budget.
alter table usage_events
  add column quantity integer not null default 1 check (quantity > 0),
  add column model text,
  add column agent_app_id uuid,
  add column run_id uuid,
  add column cost_micros bigint check (cost_micros >= 0);
comment on column usage_events.quantity is 'How many of its kind the row stands for: API calls are counted in memory and written as one row a second.';
comment on column usage_events.value is 'Credits that moved because of it; the ledger itself is credit_transactions.';
comment on column usage_events.cost_micros is 'What the providers ask for it, in millionths of a US dollar; null when there is no known price.';

-- Totals read an organization's days from the index alone; lists leave out what is only counted.
drop index usage_events_newest;
create index usage_events_days on usage_events (organization_id, created_at) include (type, quantity, value, cost_micros);
create index usage_events_listed on usage_events (organization_id, created_at desc, id desc) where type <> 'api_call';
create index credit_transactions_used on credit_transactions (organization_id, created_at) include (amount)
  where type in ('usage', 'refund');

create table usage_daily (
  organization_id uuid not null references organizations (id) on delete cascade,
  day date not null,
  type text not null check (type in
    ('invocation', 'package_upload', 'deployment', 'api_call', 'credit_topup', 'member_invited', 'key_created', 'credits')),
  model text,
  api_key_id uuid,
  user_id uuid,
  agent_app_id uuid,
  quantity bigint not null,
  value numeric not null default 0,
  cost_micros bigint,
  unique nulls not distinct (organization_id, day, type, model, api_key_id, user_id, agent_app_id)
);
comment on table usage_daily is 'Totals of closed UTC days, made from usage_events and, as type credits, from the ledger; valid up to usage_rollups.through.';
comment on column usage_daily.value is 'The sum of usage_events.value; for the type credits, what the ledger took less what it gave back.';

create table usage_rollups (
  organization_id uuid primary key references organizations (id) on delete cascade,
  through date not null
);
comment on column usage_rollups.through is 'The last UTC day whose totals stand in usage_daily. Later days are read from the rows themselves.';
create index usage_rollups_through on usage_rollups (through);

insert into usage_rollups (organization_id, through)
  select id, (created_at at time zone 'UTC')::date - 2 from organizations;

create function baton.begin_usage() returns trigger language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.usage_rollups (organization_id, through) values (new.id, (new.created_at at time zone 'UTC')::date - 2)
      on conflict do nothing;
    return null;
  end
  $$;
create trigger organizations_begin_usage after insert on organizations
  for each row execute function baton.begin_usage();

-- A row that arrives for a day that may be closed (an import) opens that day again. The lock comes first: whoever is
-- adding up this organization at the moment has not seen the row and must be done before the day is opened.
create function baton.reopen_usage() returns trigger language plpgsql security definer set search_path = ''
  as $$
  begin
    perform 1 from public.usage_rollups where organization_id = new.organization_id for update;
    update public.usage_rollups set through = (new.created_at at time zone 'UTC')::date - 1
      where organization_id = new.organization_id and through >= (new.created_at at time zone 'UTC')::date;
    return null;
  end
  $$;
comment on function baton.reopen_usage is 'Days are closed a day after they end at the earliest, so only rows older than a day need it.';
create trigger usage_events_reopen after insert on usage_events
  for each row when (new.created_at < now() - interval '1 day') execute function baton.reopen_usage();
create trigger credit_transactions_reopen after insert on credit_transactions
  for each row when (new.created_at < now() - interval '1 day') execute function baton.reopen_usage();

alter table organizations add column monthly_credit_budget integer check (monthly_credit_budget > 0);
comment on column organizations.monthly_credit_budget is 'Credits per UTC month at which alerts are raised; it blocks nothing. Null: no alerts.';
create index organizations_budget on organizations (id) where monthly_credit_budget is not null;

create table usage_alerts (
  organization_id uuid not null references organizations (id) on delete cascade,
  month date not null,
  percent smallint not null check (percent between 1 and 100),
  credits_used bigint not null,
  budget integer not null,
  created_at timestamptz not null default now(),
  mailed_at timestamptz,
  primary key (organization_id, month, percent)
);
comment on table usage_alerts is 'Each share of a monthly budget is announced once per month, however often it is crossed.';
create index usage_alerts_unmailed on usage_alerts (created_at) where mailed_at is null;

alter table usage_daily enable row level security;
alter table usage_rollups enable row level security;
alter table usage_alerts enable row level security;
revoke all on usage_daily, usage_rollups, usage_alerts from anon, authenticated;
grant select on usage_daily, usage_rollups, usage_alerts to authenticated;
grant update (monthly_credit_budget) on organizations to authenticated;

create policy usage_daily_read on usage_daily for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
create policy usage_rollups_read on usage_rollups for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
create policy usage_alerts_read on usage_alerts for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
