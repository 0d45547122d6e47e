-- Money moves only through these functions. Whole credits are bought, granted, debited and refunded; model calls cost
-- fractions, counted in micro-dollars (1 credit = 10,000). Every function locks the organization's row before it looks at
-- anything else, so that what it found is still true when it writes. Several organizations are locked in order of id.
alter table organizations
  add column metered_micros bigint not null default 0 check (metered_micros between 0 and 9999),
  add column held_micros bigint not null default 0 check (held_micros >= 0),
  -- Kept where a JavaScript number still counts micro-dollars exactly.
  add constraint organizations_credits_max check (credits <= 900000000000);
alter table organizations
  add column available_micros bigint not null generated always as (credits * 10000 - metered_micros - held_micros) stored
    check (available_micros >= 0);
comment on column organizations.metered_micros is 'What model calls have used of the next credit, in micro-dollars.';
comment on column organizations.held_micros is 'The sum of the open holds, in micro-dollars.';
comment on column organizations.available_micros is 'What can still be spent or held, in micro-dollars. Never negative.';
-- Balances change often and are in no index: with room on the page a change touches the row alone.
alter table organizations set (fillfactor = 70);

create table credit_holds (
  organization_id uuid not null references organizations (id) on delete cascade,
  reference text not null,
  micros bigint not null check (micros > 0),
  status text not null default 'held' check (status in ('held', 'settled', 'released', 'expired')),
  due_micros bigint not null default 0 check (due_micros >= 0),
  settled_micros bigint not null default 0 check (settled_micros between 0 and due_micros),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (organization_id, reference),
  check ((status = 'held') = (closed_at is null))
);
comment on table credit_holds is 'What was set aside for model calls before they were made. Each is closed once; one that nobody closes expires.';
comment on column credit_holds.due_micros is 'What the call cost; settled_micros is what of it could be charged.';
create index credit_holds_open on credit_holds (expires_at, organization_id) where status = 'held';

alter table credit_holds enable row level security;
revoke all on credit_holds from anon, authenticated;
grant select on credit_holds to authenticated;
create policy credit_holds_read on credit_holds for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));

alter table runs add column charged_micros bigint not null default 0 check (charged_micros >= 0);
alter table run_steps add column charged_micros bigint not null default 0 check (charged_micros >= 0);
comment on column run_steps.charged_micros is 'What the organization paid for the call with credits, in micro-dollars: cost times markup, or 0 where nothing is metered.';

create function baton.check_tenant(p_organization_id uuid) returns void language plpgsql stable set search_path = ''
  as $$
  begin
    -- Baton's own transactions carry no claims. Whoever carries some must be the tenant.
    if baton.claims() <> '{}' and baton.organization_id() is distinct from p_organization_id then
      raise exception 'not the tenant of this transaction' using errcode = 'insufficient_privilege';
    end if;
  end
  $$;

create function baton.lock_ledger(p_organization_id uuid, p_amount bigint, p_reference text)
  returns public.credit_transactions language plpgsql security definer set search_path = ''
  as $$
  declare entry public.credit_transactions;
  begin
    perform baton.check_tenant(p_organization_id);
    if p_amount is null or p_amount <= 0 then
      raise exception 'an amount of credits must be positive' using errcode = 'check_violation';
    end if;
    perform 1 from public.organizations where id = p_organization_id for no key update;
    if not found then
      raise exception 'no such organization' using errcode = 'foreign_key_violation';
    end if;
    select * into entry from public.credit_transactions
      where organization_id = p_organization_id and reference = p_reference;
    return entry;
  end
  $$;
comment on function baton.lock_ledger is 'Locks the organization until the transaction ends and answers the entry of that reference, if there is one.';

create function baton.append_entry(p_organization_id uuid, p_type text, p_amount bigint, p_missing bigint,
    p_description text, p_reference text)
  returns bigint language plpgsql security definer set search_path = ''
  as $$
  declare balance bigint;
  begin
    update public.organizations set credits = credits + p_amount
      where id = p_organization_id and available_micros + p_amount * 10000 >= 0
      returning credits into balance;
    if found then
      insert into public.credit_transactions
          (organization_id, type, amount, missing, balance_after, description, reference)
        values (p_organization_id, p_type, p_amount, p_missing, balance, p_description, p_reference);
    end if;
    return balance;
  end
  $$;
comment on function baton.append_entry is 'Changes the balance and writes the row. Answers the balance; null, with nothing changed, when it is not covered.';

create function baton.expire_holds_of(p_organization_id uuid) returns bigint
  language plpgsql security definer set search_path = ''
  as $$
  declare freed bigint;
  begin
    with expired as (
      update public.credit_holds set status = 'expired', closed_at = now()
      where status = 'held' and expires_at <= now() and organization_id = p_organization_id
      returning micros
    )
    select coalesce(sum(micros), 0) into freed from expired;
    if freed > 0 then
      update public.organizations set held_micros = held_micros - freed where id = p_organization_id;
    end if;
    return freed;
  end
  $$;
comment on function baton.expire_holds_of is 'Closes the expired holds of an organization that the caller has locked; answers the micro-dollars they held.';

create function baton.expire_holds(p_organizations integer) returns integer
  language plpgsql security definer set search_path = ''
  as $$
  declare
    found_id uuid;
    counted integer := 0;
  begin
    for found_id in
      select o.id from public.organizations o
      where o.id in (
        select h.organization_id from public.credit_holds h
        where h.status = 'held' and h.expires_at <= now() order by h.expires_at limit p_organizations)
      order by o.id for no key update skip locked
    loop
      perform baton.expire_holds_of(found_id);
      counted := counted + 1;
    end loop;
    return counted;
  end
  $$;
comment on function baton.expire_holds is 'Clean-up: closes expired holds of at most so many organizations, passing over those that are busy. Answers how many.';

create function baton.add_credits(p_organization_id uuid, p_type text, p_amount bigint, p_description text,
    p_reference text, out outcome text, out balance bigint)
  language plpgsql security definer set search_path = ''
  as $$
  declare entry public.credit_transactions := baton.lock_ledger(p_organization_id, p_amount, p_reference);
  begin
    if entry.id is not null then
      balance := entry.balance_after;
      outcome := case when entry.type = p_type and entry.amount = p_amount then 'repeated' else 'conflict' end;
    else
      balance := baton.append_entry(p_organization_id, p_type, p_amount, 0, p_description, p_reference);
      outcome := 'done';
    end if;
  end
  $$;
comment on function baton.add_credits is 'Adds a purchase or a grant, once per reference.';

create function baton.debit_credits(p_organization_id uuid, p_amount bigint, p_description text, p_reference text,
    out outcome text, out balance bigint, out available bigint)
  language plpgsql security definer set search_path = ''
  as $$
  declare entry public.credit_transactions := baton.lock_ledger(p_organization_id, p_amount, p_reference);
  begin
    if entry.id is not null then
      balance := entry.balance_after;
      outcome := case when entry.type = 'usage' and entry.amount = -p_amount then 'repeated' else 'conflict' end;
      return;
    end if;
    balance := baton.append_entry(p_organization_id, 'usage', -p_amount, 0, p_description, p_reference);
    if balance is null and baton.expire_holds_of(p_organization_id) > 0 then
      balance := baton.append_entry(p_organization_id, 'usage', -p_amount, 0, p_description, p_reference);
    end if;
    outcome := case when balance is null then 'refused' else 'done' end;
    if balance is null then
      select available_micros / 10000 into available from public.organizations where id = p_organization_id;
    end if;
  end
  $$;
comment on function baton.debit_credits is 'Spends credits once per reference, or refuses and answers the whole credits that are available.';

create function baton.refund_debit(p_organization_id uuid, p_reference text, p_description text,
    out outcome text, out balance bigint)
  language plpgsql security definer set search_path = ''
  as $$
  declare
    entry public.credit_transactions := baton.lock_ledger(p_organization_id, 1, 'refund:' || p_reference);
    debited bigint;
  begin
    if entry.id is not null then
      balance := entry.balance_after;
      outcome := 'repeated';
      return;
    end if;
    select -amount into debited from public.credit_transactions
      where organization_id = p_organization_id and reference = p_reference and type = 'usage';
    if not found then
      outcome := 'unknown';
      return;
    end if;
    balance := baton.append_entry(p_organization_id, 'refund', debited, 0, p_description, 'refund:' || p_reference);
    outcome := 'done';
  end
  $$;
comment on function baton.refund_debit is 'Reverses one debit, named by its reference, once.';

create function baton.take_back_credits(p_organization_id uuid, p_amount bigint, p_description text, p_reference text,
    out outcome text, out balance bigint, out taken bigint, out missing bigint)
  language plpgsql security definer set search_path = ''
  as $$
  declare entry public.credit_transactions := baton.lock_ledger(p_organization_id, p_amount, p_reference);
  begin
    if entry.id is not null then
      taken := -entry.amount;
      missing := entry.missing;
      balance := entry.balance_after;
      outcome := case when entry.type = 'purchase' and taken + missing = p_amount then 'repeated' else 'conflict' end;
      return;
    end if;
    perform baton.expire_holds_of(p_organization_id);
    select least(p_amount, available_micros / 10000) into taken from public.organizations where id = p_organization_id;
    missing := p_amount - taken;
    balance := baton.append_entry(p_organization_id, 'purchase', -taken, missing, p_description, p_reference);
    outcome := 'done';
  end
  $$;
comment on function baton.take_back_credits is 'Reverses a purchase as far as credits are left that are neither spent nor held.';

-- A few rows are looked up by key, however large the tables are. Plans are kept for a connection's life, and one made while
-- a table was small would read all of it for ever: only look-ups by index are allowed in the two functions of the hot path.
-- Calls of many organizations share a statement, so one organization that is locked for long must not stop the others.
create function baton.hold_credits(p_requests json)
  returns table (ordinal integer, outcome text, available_micros bigint)
  language plpgsql security definer set search_path = ''
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set lock_timeout = '5s'
  as $$
  #variable_conflict use_column
  declare
    q record;
    tenant uuid;
    room bigint;
    is_swept boolean;
    outcomes text[] := array_fill(null::text, array[json_array_length(p_requests)]);
    rooms bigint[] := array_fill(null::bigint, array[json_array_length(p_requests)]);
  begin
    perform 1 from public.organizations o
      where o.id in (select r.organization_id from json_to_recordset(p_requests) as r (organization_id uuid))
      order by o.id for no key update;
    for q in
      select r.ordinal, r.organization_id, r.micros, o.available_micros, h.micros as known, h.status,
        first_value(r.ordinal) over same as first, first_value(r.micros) over same as first_micros
      from json_to_recordset(p_requests)
        as r (ordinal integer, organization_id uuid, reference text, micros bigint)
        left join public.organizations o on o.id = r.organization_id
        left join public.credit_holds h on h.organization_id = r.organization_id and h.reference = r.reference
      window same as (partition by r.organization_id, r.reference order by r.ordinal)
      order by r.organization_id, r.ordinal
    loop
      if q.organization_id is distinct from tenant then
        tenant := q.organization_id;
        room := q.available_micros;
        is_swept := false;
      end if;
      if room is null then
        outcomes[q.ordinal] := 'unknown';
      elsif coalesce(q.known, q.first_micros) <> q.micros then
        outcomes[q.ordinal] := 'conflict';
      elsif q.known is not null then
        outcomes[q.ordinal] := case q.status when 'held' then 'repeated' else 'closed' end;
      elsif q.first <> q.ordinal then
        outcomes[q.ordinal] := case outcomes[q.first] when 'done' then 'repeated' else outcomes[q.first] end;
      else
        if q.micros > room and not is_swept then
          room := room + baton.expire_holds_of(tenant);
          is_swept := true;
        end if;
        outcomes[q.ordinal] := case when q.micros > room then 'refused' else 'done' end;
        room := case when q.micros > room then room else room - q.micros end;
      end if;
      rooms[q.ordinal] := room;
    end loop;
    with held as (
      insert into public.credit_holds (organization_id, reference, micros, expires_at)
      select r.organization_id, r.reference, r.micros, now() + make_interval(secs => r.expires_in_seconds)
      from json_to_recordset(p_requests)
        as r (ordinal integer, organization_id uuid, reference text, micros bigint, expires_in_seconds float8)
      where outcomes[r.ordinal] = 'done'
      returning organization_id, micros
    )
    update public.organizations o set held_micros = o.held_micros + t.micros
    from (select organization_id, sum(micros) as micros from held group by organization_id) t
    where o.id = t.organization_id;
    return query select n, outcomes[n], rooms[n] from generate_subscripts(outcomes, 1) as n;
  end
  $$;
comment on function baton.hold_credits is 'Decides holds of any organizations one after the other, given as [{ordinal (from 1), organization_id, reference, micros, expires_in_seconds}]. Answers each with what is available then.';

create function baton.charge_metered(p_organization_id uuid, p_freed bigint, p_charged bigint) returns void
  language plpgsql security definer set search_path = ''
  as $$
  declare
    used bigint;
    balance bigint;
  begin
    select (metered_micros + p_charged) / 10000 into used from public.organizations where id = p_organization_id;
    update public.organizations
      set held_micros = held_micros - p_freed,
        metered_micros = metered_micros + p_charged - used * 10000,
        credits = credits - used
      where id = p_organization_id returning credits into balance;
    if used > 0 then
      insert into public.credit_transactions (organization_id, type, amount, balance_after, description, reference)
        values (p_organization_id, 'usage', -used, balance, 'Model calls', 'metered:' || gen_random_uuid());
    end if;
  end
  $$;
comment on function baton.charge_metered is 'Frees held micro-dollars and uses others of a locked organization; each credit that is used up goes into one row.';

create function baton.settle_holds(p_settlements json)
  returns table (ordinal integer, outcome text, charged_micros bigint)
  language plpgsql security definer set search_path = ''
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set lock_timeout = '5s'
  as $$
  #variable_conflict use_column
  declare
    s record;
    tenant uuid;
    room bigint;
    freed bigint := 0;
    charged bigint := 0;
    charge bigint;
    outcomes text[] := array_fill(null::text, array[json_array_length(p_settlements)]);
    charges bigint[] := array_fill(0::bigint, array[json_array_length(p_settlements)]);
  begin
    if baton.claims() <> '{}' then
      perform baton.check_tenant(r.organization_id) from json_to_recordset(p_settlements) as r (organization_id uuid);
    end if;
    perform 1 from public.organizations o
      where o.id in (select r.organization_id from json_to_recordset(p_settlements) as r (organization_id uuid))
      order by o.id for no key update;
    for s in
      select r.ordinal, r.organization_id, r.micros, o.available_micros, h.micros as held, h.status, h.due_micros,
        h.settled_micros, first_value(r.ordinal) over same as first, first_value(r.micros) over same as first_micros
      from json_to_recordset(p_settlements)
        as r (ordinal integer, organization_id uuid, reference text, micros bigint)
        left join public.organizations o on o.id = r.organization_id
        left join public.credit_holds h on h.organization_id = r.organization_id and h.reference = r.reference
      window same as (partition by r.organization_id, r.reference order by r.ordinal)
      order by r.organization_id, r.ordinal
    loop
      if s.organization_id is distinct from tenant then
        if freed + charged > 0 then perform baton.charge_metered(tenant, freed, charged); end if;
        tenant := s.organization_id;
        room := s.available_micros;
        freed := 0;
        charged := 0;
      end if;
      if s.status is null then
        outcomes[s.ordinal] := 'unknown';
      elsif s.first <> s.ordinal then
        outcomes[s.ordinal] := case when s.micros = s.first_micros then 'repeated' else 'conflict' end;
        charges[s.ordinal] := charges[s.first];
      elsif s.status = 'settled' then
        outcomes[s.ordinal] := case when s.micros in (0, s.due_micros) then 'repeated' else 'conflict' end;
        charges[s.ordinal] := s.settled_micros;
      elsif s.status <> 'held' and s.micros = 0 then
        outcomes[s.ordinal] := 'repeated';
      else
        -- A hold that was given up meanwhile has lost its place: only what is left can be charged.
        if s.status = 'held' then
          freed := freed + s.held;
          room := room + s.held;
        end if;
        charge := least(s.micros, room);
        room := room - charge;
        charged := charged + charge;
        outcomes[s.ordinal] := 'done';
        charges[s.ordinal] := charge;
      end if;
    end loop;
    if freed + charged > 0 then perform baton.charge_metered(tenant, freed, charged); end if;
    update public.credit_holds h
      set status = case when r.micros = 0 then 'released' else 'settled' end, due_micros = r.micros,
        settled_micros = charges[r.ordinal], closed_at = now()
      from json_to_recordset(p_settlements)
        as r (ordinal integer, organization_id uuid, reference text, micros bigint)
      where h.organization_id = r.organization_id and h.reference = r.reference and outcomes[r.ordinal] = 'done';
    return query select n, outcomes[n], charges[n] from generate_subscripts(outcomes, 1) as n;
  end
  $$;
comment on function baton.settle_holds is 'Closes holds at what their calls cost (0 releases), given as [{ordinal (from 1), organization_id, reference, micros}]. Charges the hold and what is available beyond it, never more.';

revoke all on function baton.check_tenant, baton.lock_ledger, baton.append_entry, baton.expire_holds_of,
  baton.expire_holds, baton.add_credits, baton.debit_credits, baton.refund_debit, baton.take_back_credits,
  baton.hold_credits, baton.charge_metered, baton.settle_holds from public, anon, authenticated;
-- What a tenant's own work may cost and give back. Only Baton adds credits, takes them back and holds them.
grant execute on function baton.debit_credits, baton.refund_debit, baton.settle_holds to authenticated;
