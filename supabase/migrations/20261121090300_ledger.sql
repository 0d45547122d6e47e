-- Credits: append-only rows with a running balance. Money moves only through the functions below.
create table credit_transactions (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id) on delete cascade,
  position bigint generated always as identity,
  type text not null check (type in ('purchase', 'usage', 'refund', 'grant')),
  amount bigint not null check (amount <> 0),
  balance_after bigint not null check (balance_after >= 0),
  description text not null,
  reference text not null,
  created_at timestamptz not null default now(),
  unique (organization_id, reference)
);
comment on column credit_transactions.reference is 'Names the cause, such as welcome or checkout:cs_123; a repeated call with the same reference changes nothing.';
create index credit_transactions_newest on credit_transactions (organization_id, position desc);

create function baton.grant_credits(p_organization_id uuid, p_amount bigint, p_description text, p_reference text)
  returns bigint language plpgsql security definer set search_path = ''
  as $$
  declare balance bigint;
  begin
    if p_amount is null or p_amount <= 0 then
      raise exception 'a grant must be positive' using errcode = 'check_violation';
    end if;
    if baton.organization_id() is not null and baton.organization_id() <> p_organization_id then
      raise exception 'not the tenant of this transaction' using errcode = 'insufficient_privilege';
    end if;
    update public.organizations set credits = credits + p_amount where id = p_organization_id returning credits into balance;
    if not found then
      raise exception 'no such organization' using errcode = 'foreign_key_violation';
    end if;
    insert into public.credit_transactions (organization_id, type, amount, balance_after, description, reference)
      values (p_organization_id, 'grant', p_amount, balance, p_description, p_reference);
    return balance;
  exception when unique_violation then
    -- The block's effects are undone: this grant was made before.
    select credits into balance from public.organizations where id = p_organization_id;
    return balance;
  end
  $$;
comment on function baton.grant_credits is 'Adds credits once per reference and answers the balance.';
revoke all on function baton.grant_credits from public, anon, authenticated;

alter table credit_transactions enable row level security;
revoke all on credit_transactions from anon, authenticated;
grant select on credit_transactions to authenticated;
create policy credit_transactions_read on credit_transactions for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
