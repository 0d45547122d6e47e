-- Top-ups: who bought how many credits for how much, and what became of the payment.
alter table organizations
  add column credits_owed bigint not null default 0 check (credits_owed >= 0),
  add column status text not null
    generated always as (case when credits_owed > 0 then 'past_due' else 'active' end) stored,
  add column last_topped_up timestamptz;
comment on column organizations.credits_owed is
  'Credits of refunded or disputed top-ups that were spent already; the next purchases pay them back first.';
create index organizations_owing on organizations (id) where credits_owed > 0;
comment on column organizations.status is 'past_due as long as credits are owed.';

create table topups (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  user_id uuid references profiles (user_id) on delete set null,
  kind text not null check (kind in ('checkout', 'automatic')),
  status text not null default 'pending'
    check (status in ('pending', 'paid', 'failed', 'expired', 'refunded', 'disputed')),
  package text check (package in ('starter', 'growth', 'scale')),
  credits bigint not null check (credits between 1 and 1000000),
  amount_cents bigint not null check (amount_cents >= 0),
  currency text not null default 'usd' check (char_length(currency) = 3),
  saves_payment_method boolean not null default false,
  stripe_session_id text unique,
  session_url text,
  stripe_payment_intent_id text unique,
  stripe_customer_id text,
  stripe_payment_method_id text,
  receipt_url text,
  failure text,
  credits_taken_back bigint not null default 0 check (credits_taken_back between 0 and credits),
  reversal_count integer not null default 0,
  idempotency_key text check (char_length(idempotency_key) between 1 and 255),
  attempted_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  paid_at timestamptz,
  unique (organization_id, idempotency_key)
);
comment on table topups is 'Decides who gets how many credits for a payment; events of Stripe only say that it was paid.';
comment on column topups.credits_taken_back is 'Credits undone by refunds and disputes, in proportion to the money.';
comment on column topups.reversal_count is 'How often credits_taken_back changed; names each change in the ledger.';
comment on column topups.attempted_at is 'When an automatic charge was last tried or looked after.';
create index topups_newest on topups (organization_id, created_at desc, id desc);
create index topups_user on topups (user_id);
create index topups_pending on topups (kind, attempted_at) where status = 'pending';
create unique index topups_one_pending on topups (organization_id) where kind = 'automatic' and status = 'pending';

create table payment_reversals (
  id text primary key,
  payment_intent_id text not null,
  kind text not null check (kind in ('refund', 'dispute')),
  amount_cents bigint not null check (amount_cents >= 0),
  total_cents bigint,
  is_void boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table payment_reversals is 'Refunds (one row per charge, cumulative) and disputes, kept by payment because they may arrive before the purchase.';
comment on column payment_reversals.total_cents is 'The whole amount of the charge, where the event tells it.';
comment on column payment_reversals.is_void is 'A dispute that was won: the money stayed.';
create index payment_reversals_payment on payment_reversals (payment_intent_id);
create index payment_reversals_created on payment_reversals (created_at);

create table stripe_events (
  id text primary key,
  type text not null,
  created_at timestamptz not null default now()
);
comment on table stripe_events is 'Events that took effect, written in the transaction of their effect.';
create index stripe_events_created on stripe_events (created_at);

create table billing_customers (
  organization_id uuid primary key references organizations (id) on delete cascade,
  stripe_customer_id text not null unique,
  payment_method_id text,
  created_at timestamptz not null default now()
);
comment on column billing_customers.payment_method_id is 'Saved with its owner''s consent at a checkout, for automatic top-ups.';

create table auto_topups (
  organization_id uuid primary key references organizations (id) on delete cascade,
  is_enabled boolean not null default false,
  threshold bigint not null check (threshold between 1 and 1000000),
  package text check (package in ('starter', 'growth', 'scale')),
  credits bigint not null check (credits between 1 and 1000000),
  amount_cents bigint not null check (amount_cents > 0),
  daily_cap bigint not null check (daily_cap >= 1),
  failures integer not null default 0 check (failures >= 0),
  last_failure text,
  next_attempt_at timestamptz,
  updated_at timestamptz not null default now()
);
comment on column auto_topups.daily_cap is 'Credits that may be bought automatically in one day (UTC).';
create index auto_topups_due on auto_topups (next_attempt_at) where is_enabled;

alter table topups enable row level security;
alter table payment_reversals enable row level security;
alter table stripe_events enable row level security;
alter table billing_customers enable row level security;
alter table auto_topups enable row level security;
revoke all on topups, payment_reversals, stripe_events, billing_customers, auto_topups from anon, authenticated;
grant select,
  insert (id, organization_id, user_id, kind, package, credits, amount_cents, saves_payment_method, idempotency_key)
  on topups to authenticated;
grant select on billing_customers to authenticated;
grant select, insert, update on auto_topups to authenticated;

create policy topups_read on topups for select to authenticated
  using (organization_id = (select baton.organization_id()));
create policy topups_insert on topups for insert to authenticated
  with check (organization_id = (select baton.organization_id()) and status = 'pending' and kind = 'checkout');
create policy payment_reversals_none on payment_reversals for all to authenticated using (false);
create policy stripe_events_none on stripe_events for all to authenticated using (false);
create policy billing_customers_read on billing_customers for select to authenticated
  using (organization_id = (select baton.organization_id()));
create policy auto_topups_all on auto_topups for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));

-- The history's filters. What is no usage is rare among usage, and its index costs the busy rows nothing.
create index credit_transactions_by_type on credit_transactions (organization_id, type, position desc)
  where type <> 'usage';
create index credit_transactions_by_time on credit_transactions (organization_id, created_at);
