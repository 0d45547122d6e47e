-- Credits: append-only rows with a running balance. Only functions write them (migration credits).
create table credit_transactions (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id) on delete cascade,
  position bigint generated always as identity,
  type text not null check (type in ('purchase', 'usage', 'refund', 'grant')),
  amount bigint not null,
  missing bigint not null default 0 check (missing >= 0),
  balance_after bigint not null check (balance_after >= 0),
  description text not null,
  reference text not null,
  created_at timestamptz not null default now(),
  unique (organization_id, reference),
  check (amount <> 0 or missing > 0)
);
comment on column credit_transactions.missing is 'What a purchase that was reversed should have taken back and could not, because it was spent or held.';
comment on column credit_transactions.reference is 'Names the cause, such as welcome or checkout:cs_123; a repeated call with the same reference changes nothing.';
create index credit_transactions_newest on credit_transactions (organization_id, position desc);

alter table credit_transactions enable row level security;
revoke all on credit_transactions from anon, authenticated;
grant select on credit_transactions to authenticated;
create policy credit_transactions_read on credit_transactions for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
