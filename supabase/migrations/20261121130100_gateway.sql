-- The model gateway: keys that an organization brings itself, its limits of calls, and answers kept for the same question.
create table provider_keys (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  provider text not null check (provider in ('openai', 'anthropic', 'kimi-coding', 'minimax', 'ollama', 'compatible')),
  label text not null check (char_length(label) between 1 and 100),
  base_url text check (char_length(base_url) between 1 and 2048),
  sealed_key bytea,
  last4 text check (char_length(last4) <= 4),
  is_active boolean not null default true,
  last_test_at timestamptz,
  last_test_status text check (last_test_status in ('ok', 'failed')),
  last_test_error text check (char_length(last_test_error) <= 500),
  created_by uuid references profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((sealed_key is null) = (last4 is null))
);
comment on table provider_keys is 'An organization''s own access to a provider of models. Calls made with it are never charged.';
comment on column provider_keys.base_url is 'Where the provider''s API is; null means the usual place.';
comment on column provider_keys.sealed_key is 'Sealed with BATON_SECRET_KEY and never shown; null for a server that asks for none.';
create index provider_keys_newest on provider_keys (organization_id, created_at desc);
create index provider_keys_created_by on provider_keys (created_by);
create unique index provider_keys_active on provider_keys (organization_id, provider) where is_active;

create table provider_limits (
  organization_id uuid not null references organizations (id) on delete cascade,
  provider text not null check (provider in ('openai', 'anthropic', 'kimi-coding', 'minimax', 'ollama', 'compatible')),
  calls_per_hour integer not null check (calls_per_hour between 0 and 1000000),
  updated_at timestamptz not null default now(),
  primary key (organization_id, provider)
);
comment on column provider_limits.calls_per_hour is 'Calls in an hour of the clock; a provider without a row has no limit.';

create table prompt_cache (
  organization_id uuid not null references organizations (id) on delete cascade,
  key bytea not null check (octet_length(key) = 32),
  model text not null,
  content_type text not null check (char_length(content_type) <= 100),
  sealed_answer bytea not null check (octet_length(sealed_answer) <= 300000),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (organization_id, key)
);
comment on column prompt_cache.key is 'SHA-256 of the canonical request, the model and who answers for it.';
comment on column prompt_cache.sealed_answer is 'The answer as it was sent, sealed with BATON_SECRET_KEY: it may repeat what was asked.';
create index prompt_cache_newest on prompt_cache (organization_id, created_at desc);
create index prompt_cache_expiry on prompt_cache (expires_at);

-- Every process keeps an organization's keys and limits in memory and forgets those of whom this channel names.
create function baton.announce_provider() returns trigger language plpgsql set search_path = ''
  as $$ begin
    perform pg_notify('baton_cache', 'provider:' || coalesce(new.organization_id, old.organization_id));
    return null;
  end $$;
create trigger provider_keys_changed after insert or delete or update of provider, base_url, sealed_key, is_active on provider_keys
  for each row execute function baton.announce_provider();
create trigger provider_limits_changed after insert or delete or update on provider_limits
  for each row execute function baton.announce_provider();

-- Secrets and answers are in them: only through Baton, which knows the scopes.
do $$
declare name text;
begin
  foreach name in array array['provider_keys', 'provider_limits', 'prompt_cache'] loop
    execute format('alter table %I enable row level security', name);
    execute format('revoke all on %I from anon, authenticated', name);
    execute format('grant select, insert, update, delete on %I to authenticated', name);
    execute format($p$create policy %I on %I for all to authenticated
      using (organization_id = (select baton.organization_id()))
      with check (organization_id = (select baton.organization_id()))$p$, name || '_all', name);
  end loop;
end $$;
