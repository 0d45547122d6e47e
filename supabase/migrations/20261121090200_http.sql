-- What the HTTP layer keeps: rate-limit windows and stored answers of idempotent requests.
create table rate_limits (
  bucket text not null,
  window_start timestamptz not null,
  used bigint not null check (used >= 0),
  primary key (bucket, window_start)
);
comment on table rate_limits is 'Fixed windows. Processes take calls in small leases, so used may run ahead of what was served, never behind.';
create index rate_limits_window on rate_limits (window_start);

create table idempotency_keys (
  organization_id uuid not null references organizations (id) on delete cascade,
  method text not null,
  path text not null,
  key text not null check (char_length(key) between 1 and 255),
  body_hash bytea not null,
  status integer not null,
  headers jsonb not null,
  sealed_body bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (organization_id, method, path, key)
);
comment on column idempotency_keys.sealed_body is 'Sealed with BATON_SECRET_KEY: an answer may hold a key that is shown once.';
comment on table idempotency_keys is 'Written in the transaction of the effect, so an answer is stored exactly when the effect is.';
create index idempotency_keys_expiry on idempotency_keys (expires_at);

alter table rate_limits enable row level security;
alter table idempotency_keys enable row level security;
revoke all on rate_limits, idempotency_keys from anon, authenticated;
grant select, insert, delete on idempotency_keys to authenticated;
create policy rate_limits_none on rate_limits for all to authenticated using (false);
create policy idempotency_keys_all on idempotency_keys for all to authenticated
  using (organization_id = (select baton.organization_id()))
  with check (organization_id = (select baton.organization_id()));
