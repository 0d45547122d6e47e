-- Who is calling, as row-level security sees it. Baton sets the claims itself for each transaction; on a hosted project a
-- person's own token carries no organization, and then only what its memberships allow to read is visible.
create schema if not exists baton;
revoke all on schema baton from public;
grant usage on schema baton to anon, authenticated, service_role;

create function baton.claims() returns jsonb language sql stable
  as $$ select coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}') $$;

create function baton.organization_id() returns uuid language sql stable
  as $$ select nullif(baton.claims() ->> 'organization_id', '')::uuid $$;
comment on function baton.organization_id is 'The tenant of this transaction; null when the caller did not come through Baton.';

create function baton.user_id() returns uuid language sql stable
  as $$ select nullif(baton.claims() ->> 'sub', '')::uuid $$;

create table organizations (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 100),
  credits bigint not null default 0 check (credits >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column organizations.credits is 'Prepaid credits. Always the balance_after of the last row of credit_transactions; changed only by the ledger functions.';

create table profiles (
  user_id uuid primary key,
  email text not null,
  active_organization_id uuid references organizations (id) on delete set null,
  onboarding_dismissed_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table profiles is 'What Baton keeps of a person; the account itself lives in the auth service under the same id.';
create unique index profiles_email on profiles (lower(email));
create index profiles_active_organization on profiles (active_organization_id);

create table members (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  user_id uuid not null references profiles (user_id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member')),
  joined_at timestamptz not null default now(),
  unique (organization_id, user_id)
);
create index members_user on members (user_id);

create table invitations (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  email text not null,
  role text not null check (role in ('admin', 'member')),
  token_hash bytea not null unique,
  invited_by uuid references profiles (user_id) on delete set null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  created_at timestamptz not null default now()
);
-- One open invitation per address: a second one replaces the first.
create unique index invitations_open on invitations (organization_id, lower(email)) where accepted_at is null;
create index invitations_invited_by on invitations (invited_by);

create function baton.readable_organizations() returns uuid[] language sql stable security definer set search_path = ''
  as $$
    select case
      when baton.organization_id() is not null then array[baton.organization_id()]
      else coalesce((select array_agg(m.organization_id) from public.members m where m.user_id = baton.user_id()), '{}')
    end
  $$;
comment on function baton.readable_organizations is 'The tenant of the transaction, or all organizations of a person who reads through the Data API.';

create function baton.keep_an_owner() returns trigger language plpgsql security definer set search_path = ''
  as $$
  begin
    if old.role = 'owner' and (tg_op = 'DELETE' or new.role <> 'owner') then
      -- Serialises owners who remove each other at the same moment. No row: the organization itself is being deleted.
      perform 1 from public.organizations where id = old.organization_id for no key update;
      if found and not exists (
        select 1 from public.members
        where organization_id = old.organization_id and role = 'owner' and id <> old.id
      ) then
        raise exception 'an organization keeps at least one owner' using errcode = 'BT001';
      end if;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
  end
  $$;
create trigger members_keep_an_owner before delete or update of role on members
  for each row execute function baton.keep_an_owner();

alter table organizations enable row level security;
alter table profiles enable row level security;
alter table members enable row level security;
alter table invitations enable row level security;

revoke all on organizations, profiles, members, invitations from anon, authenticated;
grant select, update (name, updated_at) on organizations to authenticated;
grant select, update (active_organization_id, onboarding_dismissed_at) on profiles to authenticated;
grant select, insert, update (role), delete on members to authenticated;
grant select, insert, update (accepted_at), delete on invitations to authenticated;

create policy organizations_read on organizations for select to authenticated
  using (id = any ((select baton.readable_organizations())::uuid[]));
create policy organizations_update on organizations for update to authenticated
  using (id = (select baton.organization_id()));
create policy members_read on members for select to authenticated
  using (organization_id = any ((select baton.readable_organizations())::uuid[]));
create policy members_write on members for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
create policy profiles_read on profiles for select to authenticated
  using (
    user_id = (select baton.user_id())
    or exists (
      select 1 from members m
      where m.user_id = profiles.user_id and m.organization_id = (select baton.organization_id())
    )
  );
create policy profiles_update on profiles for update to authenticated
  using (user_id = (select baton.user_id()) and (select baton.organization_id()) is not null);
create policy invitations_all on invitations for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
