-- The security desk: who may call from where, what was done, and how long what was said is kept.
create table ip_policies (
  organization_id uuid primary key references organizations (id) on delete cascade,
  allowed_ips text[] not null default '{}' check (cardinality(allowed_ips) <= 1000),
  enforce boolean not null default false,
  log_violations boolean not null default true,
  updated_at timestamptz not null default now(),
  check (not enforce or cardinality(allowed_ips) > 0)
);
comment on table ip_policies is 'Which addresses the keys of an organization may call from; logins are never asked.';

create table blocked_ips (
  organization_id uuid not null references organizations (id) on delete cascade,
  ip inet not null,
  reason text check (char_length(reason) <= 500),
  blocked_until timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, ip)
);
create index blocked_ips_expiry on blocked_ips (blocked_until);

create table audit_settings (
  organization_id uuid primary key references organizations (id) on delete cascade,
  enabled boolean not null,
  log_level text not null default 'standard' check (log_level in ('minimal', 'standard', 'verbose')),
  retention_days integer not null default 90 check (retention_days between 1 and 3650),
  include_request_body boolean not null default false,
  include_response_body boolean not null default false,
  events text[] not null,
  updated_at timestamptz not null default now()
);
comment on table audit_settings is 'Without a row the log is on, with every event.';

-- Every entry is a link of its organization's chain: its hash covers the hash before it and all that it says.
create table audit_chains (
  organization_id uuid primary key references organizations (id) on delete cascade,
  sequence bigint not null default 0 check (sequence >= 0),
  hash bytea not null default decode(repeat('00', 32), 'hex') check (octet_length(hash) = 32)
);
comment on table audit_chains is 'The end of each chain: the number and the hash of the newest entry.';

create table audit_checkpoints (
  organization_id uuid not null references organizations (id) on delete cascade,
  sequence bigint not null check (sequence >= 1),
  kind text not null check (kind in ('head', 'purge')),
  hash bytea not null check (octet_length(hash) = 32),
  signature bytea not null check (octet_length(signature) = 32),
  created_at timestamptz not null default now(),
  primary key (organization_id, sequence, kind)
);
comment on table audit_checkpoints is 'HMAC of a place in the chain with the server''s key, which is not in the database: who rewrites the whole chain cannot sign it. purge: entries up to here were removed by the retention.';

alter table audit_entries
  add column sequence bigint check (sequence >= 1),
  add column hash bytea check (octet_length(hash) = 32);
comment on column audit_entries.sequence is 'The place in the organization''s chain, given when the transaction commits.';
create unique index audit_entries_sequence on audit_entries (organization_id, sequence);
create index audit_entries_event on audit_entries (organization_id, event, id desc);
create index audit_entries_resource on audit_entries (organization_id, resource_id, id desc);
create index audit_entries_key on audit_entries (organization_id, api_key_id, id desc) where api_key_id is not null;
create index audit_entries_address on audit_entries (organization_id, ip_address, id desc) where ip_address is not null;
create index audit_entries_time on audit_entries (organization_id, created_at, id);

create function baton.audit_content(entry public.audit_entries) returns bytea language sql stable set search_path = ''
  as $$
    select convert_to(jsonb_build_array(entry.organization_id, entry.sequence, entry.id, entry.event, entry.severity,
      entry.api_key_id, entry.user_id, entry.ip_address::text, entry.user_agent, entry.request_id, entry.resource_type,
      entry.resource_id, entry.details, (extract(epoch from entry.created_at) * 1000000)::bigint)::text, 'UTF8')
  $$;

create function baton.link_audit_entry(entry_id bigint) returns void language plpgsql security definer set search_path = ''
  as $$
  declare
    entry public.audit_entries;
    head public.audit_chains;
  begin
    select * into entry from public.audit_entries where id = entry_id and sequence is null;
    if not found then return; end if;
    insert into public.audit_chains (organization_id) values (entry.organization_id) on conflict do nothing;
    select * into head from public.audit_chains where organization_id = entry.organization_id for update;
    entry.sequence := head.sequence + 1;
    entry.hash := sha256(head.hash || baton.audit_content(entry));
    update public.audit_entries set sequence = entry.sequence, hash = entry.hash where id = entry.id;
    update public.audit_chains set sequence = entry.sequence, hash = entry.hash
      where organization_id = entry.organization_id;
  end $$;
revoke all on function baton.link_audit_entry from public;

create function baton.chain_audit_entry() returns trigger language plpgsql security definer set search_path = ''
  as $$ begin perform baton.link_audit_entry(new.id); return null; end $$;
-- Linked when the transaction commits: the end of the chain is the last thing it locks, and not for long.
create constraint trigger audit_entries_chain after insert on audit_entries deferrable initially deferred
  for each row execute function baton.chain_audit_entry();

do $$
declare one bigint;
begin
  for one in select id from audit_entries order by organization_id, id loop
    perform baton.link_audit_entry(one);
  end loop;
end $$;

revoke insert on audit_entries from authenticated;
grant insert (organization_id, event, severity, api_key_id, user_id, ip_address, user_agent, request_id, resource_type,
  resource_id, details) on audit_entries to authenticated;

create table used_signatures (
  api_key_id uuid not null references api_keys (id) on delete cascade,
  signature bytea not null check (octet_length(signature) = 32),
  expires_at timestamptz not null,
  primary key (api_key_id, signature)
);
comment on table used_signatures is 'A signature is good for one request; kept until its time stamp is too old anyway.';
create index used_signatures_expiry on used_signatures (expires_at);

create table key_spend (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  api_key_id uuid not null,
  cost_micros bigint not null check (cost_micros > 0),
  created_at timestamptz not null default now()
);
comment on table key_spend is 'What each key spent on model calls in the last hours, in millionths of a US dollar.';
create index key_spend_recent on key_spend (api_key_id, created_at) include (cost_micros);
create index key_spend_organization on key_spend (organization_id);
create index key_spend_old on key_spend (created_at);

create function baton.note_key_spend() returns trigger language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.key_spend (organization_id, api_key_id, cost_micros)
    select r.organization_id, r.api_key_id, sum(s.cost_micros)
    from added s join public.runs r on r.id = s.run_id
    where s.cost_micros > 0 and not s.simulated and r.api_key_id is not null
    group by r.organization_id, r.api_key_id;
    return null;
  end $$;
create trigger run_steps_spend after insert on run_steps referencing new table as added
  for each statement execute function baton.note_key_spend();

create table key_spend_blocks (
  api_key_id uuid primary key references api_keys (id) on delete cascade,
  organization_id uuid not null references organizations (id) on delete cascade,
  spent_micros bigint not null check (spent_micros > 0),
  blocked_until timestamptz not null,
  created_at timestamptz not null default now()
);
create index key_spend_blocks_organization on key_spend_blocks (organization_id);
create index key_spend_blocks_expiry on key_spend_blocks (blocked_until);

create table key_reminders (
  api_key_id uuid not null references api_keys (id) on delete cascade,
  kind text not null check (kind in ('rotation', 'unused')),
  since timestamptz not null,
  organization_id uuid not null references organizations (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (api_key_id, kind, since)
);
comment on column key_reminders.since is 'What the reminder counts from: the last rotation or the last use. A newer one may be reminded of again.';
create index key_reminders_organization on key_reminders (organization_id);

-- What each process remembers of an organization's rules is forgotten when this channel names it.
create function baton.announce_security() returns trigger language plpgsql set search_path = ''
  as $$
  begin
    perform pg_notify('baton_cache', 'security:' || coalesce(new.organization_id, old.organization_id));
    return null;
  end $$;
create trigger ip_policies_changed after insert or update or delete on ip_policies
  for each row execute function baton.announce_security();
create trigger blocked_ips_changed after insert or update or delete on blocked_ips
  for each row execute function baton.announce_security();
create trigger audit_settings_changed after insert or update or delete on audit_settings
  for each row execute function baton.announce_security();
create trigger key_spend_blocks_changed after insert or update or delete on key_spend_blocks
  for each row execute function baton.announce_security();

create table privacy_settings (
  organization_id uuid primary key references organizations (id) on delete cascade,
  retention_days integer not null default 30 check (retention_days between 1 and 365),
  training_opt_out boolean not null default false,
  analytics_opt_out boolean not null default false,
  updated_at timestamptz not null default now()
);

create table run_privacy (
  run_id uuid primary key references runs (id) on delete cascade,
  organization_id uuid not null references organizations (id) on delete cascade,
  agent_id text check (char_length(agent_id) between 1 and 100),
  retention_days integer check (retention_days between 1 and 365),
  expires_at timestamptz,
  detect_pii boolean not null default false,
  mask_pii_in_logs boolean not null default false,
  encrypt_output boolean not null default false,
  sealed_key bytea,
  pii_found text[] not null default '{}',
  purged_at timestamptz,
  created_at timestamptz not null default now(),
  unique (organization_id, agent_id),
  check ((retention_days is null) = (expires_at is null)),
  check (encrypt_output = (sealed_key is not null) or purged_at is not null)
);
comment on column run_privacy.agent_id is 'The name under which callers know the run, such as subagent_1772359200_4711.';
comment on column run_privacy.retention_days is 'Null: as long as the organization keeps what was said.';
comment on column run_privacy.sealed_key is 'The key of this run''s encrypted texts, sealed with BATON_SECRET_KEY; without it they cannot be read any more.';

create index run_privacy_expiry on run_privacy (expires_at) where expires_at is not null and purged_at is null;

create index runs_content on runs (organization_id, completed_at)
  where completed_at is not null and (input is not null or output is not null);

-- The feed of all events. Numbers are given when somebody looks: a transaction that commits late still gets a later one.
alter table events add column sequence bigint check (sequence >= 1);
comment on column events.sequence is 'The place in the organization''s feed, given after the commit, in the order in which events became visible.';
update events e set sequence = n.number
  from (select id, row_number() over (partition by organization_id order by id) as number from events) n
  where n.id = e.id;
create unique index events_sequence on events (organization_id, sequence);
create index events_unnumbered on events (organization_id, id) where sequence is null;
create index events_type on events (organization_id, type, sequence);
create index events_run on events (organization_id, (data ->> 'run_id')) where data ? 'run_id';
create index events_agent on events (organization_id, (data ->> 'agent_id')) where data ? 'agent_id';
revoke insert on events from authenticated;
grant insert (organization_id, type, data) on events to authenticated;

create function baton.number_events(tenant uuid, amount integer) returns integer
  language plpgsql security definer set search_path = ''
  as $$
  declare numbered integer;
  begin
    if baton.organization_id() is not null and baton.organization_id() <> tenant then
      raise exception 'events of another organization' using errcode = '42501';
    end if;
    if not exists (select 1 from public.events where organization_id = tenant and sequence is null) then return 0; end if;
    perform pg_advisory_xact_lock(hashtextextended('events:' || tenant, 0));
    update public.events e set sequence = n.number
    from (
      select id, row_number() over (order by id)
        + (select coalesce(max(sequence), 0) from public.events where organization_id = tenant) as number
      from (select id from public.events where organization_id = tenant and sequence is null order by id limit amount) as w
    ) n
    where e.id = n.id;
    get diagnostics numbered = row_count;
    return numbered;
  end $$;
revoke all on function baton.number_events from public;
grant execute on function baton.number_events to authenticated;

create function baton.announce_events() returns trigger language plpgsql set search_path = ''
  as $$
  begin
    perform pg_notify('baton_events', organization_id::text) from (select distinct organization_id from added) as a;
    return null;
  end $$;
create trigger events_told after insert on events referencing new table as added
  for each statement execute function baton.announce_events();

do $$
declare name text;
begin
  foreach name in array array['ip_policies', 'blocked_ips', 'audit_settings', 'audit_chains', 'audit_checkpoints',
    'used_signatures', 'key_spend', 'key_spend_blocks', 'key_reminders', 'privacy_settings', 'run_privacy'] loop
    execute format('alter table %I enable row level security', name);
    execute format('revoke all on %I from anon, authenticated', name);
  end loop;
  foreach name in array array['ip_policies', 'blocked_ips', 'audit_settings', 'privacy_settings', 'run_privacy'] loop
    execute format('grant select, insert, update, delete on %I to authenticated', name);
    execute format($p$create policy %I on %I for all to authenticated
      using (organization_id = (select baton.organization_id()))
      with check (organization_id = (select baton.organization_id()))$p$, name || '_all', name);
  end loop;
  foreach name in array array['audit_chains', 'audit_checkpoints', 'key_spend', 'key_spend_blocks', 'key_reminders'] loop
    execute format('grant select on %I to authenticated', name);
    execute format($p$create policy %I on %I for select to authenticated
      using (organization_id = (select baton.organization_id()))$p$, name || '_read', name);
  end loop;
  create policy used_signatures_none on used_signatures for all to authenticated using (false);
end $$;
