create table api_keys (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  created_by uuid references profiles (user_id) on delete set null,
  name text not null check (char_length(name) between 1 and 100),
  environment text not null check (environment in ('live', 'staging', 'dev')),
  scopes text[] not null,
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  key_preview text not null,
  previous_key_hash bytea unique check (octet_length(previous_key_hash) = 32),
  previous_expires_at timestamptz,
  sealed_signing_secret bytea,
  last_used_at timestamptz,
  rotated_at timestamptz,
  created_at timestamptz not null default now()
);
comment on column api_keys.key_hash is 'SHA-256 of the whole key. The key itself is shown once and stored nowhere.';
comment on column api_keys.previous_key_hash is 'The key before the last rotation, accepted until previous_expires_at.';
comment on column api_keys.sealed_signing_secret is 'Secret for request signatures, sealed with BATON_SECRET_KEY; null when the key does not sign.';
create index api_keys_organization on api_keys (organization_id, created_at desc);
create index api_keys_created_by on api_keys (created_by);

-- Every process caches keys and memberships by id and forgets what this channel names.
create function baton.announce_key() returns trigger language plpgsql set search_path = ''
  as $$ begin perform pg_notify('baton_cache', 'key:' || old.id); return null; end $$;
create trigger api_keys_changed after delete or update of scopes, key_hash, previous_key_hash, previous_expires_at on api_keys
  for each row execute function baton.announce_key();

create function baton.announce_member() returns trigger language plpgsql set search_path = ''
  as $$ begin perform pg_notify('baton_cache', 'user:' || coalesce(new.user_id, old.user_id)); return null; end $$;
create trigger members_changed after insert or delete or update on members
  for each row execute function baton.announce_member();
create trigger profiles_changed after update of active_organization_id on profiles
  for each row execute function baton.announce_member();

alter table api_keys enable row level security;
revoke all on api_keys from anon, authenticated;
grant select, insert, update, delete on api_keys to authenticated;
create policy api_keys_all on api_keys for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
