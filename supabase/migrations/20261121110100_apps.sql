-- Agent apps, their packages, and what becomes of a package that is deployed.
create table agent_apps (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  created_by uuid references profiles (user_id) on delete set null,
  name text not null check (char_length(name) between 1 and 100),
  description text check (char_length(description) <= 5000),
  is_public boolean not null default false,
  sealed_signing_secret bytea,
  public_key text check (char_length(public_key) <= 200),
  require_signature boolean not null default false,
  deployed_package_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (not require_signature or sealed_signing_secret is not null or public_key is not null)
);
comment on column agent_apps.sealed_signing_secret is 'Secret of HMAC-SHA256 package signatures, sealed with BATON_SECRET_KEY.';
comment on column agent_apps.public_key is 'Ed25519 key of package signatures: its 32 bytes in base64.';
comment on column agent_apps.require_signature is 'Packages without a signature are refused.';
create index agent_apps_newest on agent_apps (organization_id, created_at desc, id desc);
create index agent_apps_created_by on agent_apps (created_by);

create table packages (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  agent_app_id uuid not null references agent_apps (id) on delete cascade,
  created_by uuid references profiles (user_id) on delete set null,
  version text not null check (char_length(version) between 5 and 100),
  status text not null default 'uploaded' check (status in ('uploaded', 'uploading', 'deployed', 'failed')),
  object_key text not null unique,
  size bigint not null check (size between 1 and 104857600),
  sha256 bytea not null check (octet_length(sha256) = 32),
  manifest jsonb not null,
  signature text check (char_length(signature) <= 2048),
  is_verified boolean not null default false,
  created_at timestamptz not null default now(),
  deployed_at timestamptz,
  unique (agent_app_id, version)
);
comment on table packages is 'An uploaded .apkg. Its object is in the store before the row is; objects without a row are swept.';
comment on column packages.size is 'Bytes of the object.';
comment on column packages.signature is 'The detached signature, base64 of the bytes that were sent.';
comment on column packages.is_verified is 'Whether the signature was checked with a key of the app; without one it is only stored.';
create index packages_newest on packages (agent_app_id, created_at desc, id desc);
create index packages_organization on packages (organization_id, created_at desc);
create index packages_created_by on packages (created_by);

alter table agent_apps add constraint agent_apps_deployed_package_id_fkey
  foreign key (deployed_package_id) references packages (id) on delete set null;
create index agent_apps_deployed_package on agent_apps (deployed_package_id);

create table package_uploads (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  agent_app_id uuid not null references agent_apps (id) on delete cascade,
  object_key text not null unique,
  claimed_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
comment on table package_uploads is 'Objects that a client may put into the store itself, each for one package.';
comment on column package_uploads.claimed_at is 'Set while a request makes a package of it, so that no other does; the row goes with the package.';
create index package_uploads_app on package_uploads (agent_app_id);
create index package_uploads_organization on package_uploads (organization_id);
create index package_uploads_expiry on package_uploads (expires_at);

create table deployments (
  id uuid primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  agent_app_id uuid not null references agent_apps (id) on delete cascade,
  package_id uuid not null,
  version text not null,
  status text not null default 'queued' check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  error text,
  cost_credits bigint not null check (cost_credits >= 0),
  debit_reference text,
  attempts integer not null default 0 check (attempts >= 0),
  release_notes text check (char_length(release_notes) <= 10000),
  fence bigint not null default 0,
  lease_expires_at timestamptz,
  api_key_id uuid,
  user_id uuid,
  request_id text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz
);
comment on column deployments.package_id is 'No foreign key: the history outlives a deleted package.';
comment on column deployments.debit_reference is 'Names the debit in the ledger that a failure refunds; null when nothing was charged.';
comment on column deployments.fence is 'Raised with each take-over; a worker that holds an older number may write nothing any more.';
comment on column deployments.lease_expires_at is 'Until when the worker of a processing deployment has promised to be alive.';
create index deployments_newest on deployments (organization_id, created_at desc, id desc);
create index deployments_by_status on deployments (organization_id, status, created_at desc);
create index deployments_by_app on deployments (agent_app_id, created_at desc, id desc);
create index deployments_by_package on deployments (package_id);
create index deployments_queue on deployments (created_at, id) where status = 'queued';
create index deployments_lease on deployments (lease_expires_at) where status = 'processing';

create table deployment_steps (
  deployment_id uuid not null references deployments (id) on delete cascade,
  position integer not null check (position between 0 and 4),
  organization_id uuid not null references organizations (id) on delete cascade,
  name text not null
    check (name in ('validate_package', 'upload_to_s3', 'generate_metadata', 'notify_runtime', 'finalize')),
  status text not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed')),
  log jsonb not null default '[]',
  error text,
  started_at timestamptz,
  completed_at timestamptz,
  primary key (deployment_id, position),
  unique (deployment_id, name)
);
comment on column deployment_steps.log is 'Lines of the step, oldest first, as [{at, message}].';
create index deployment_steps_organization on deployment_steps (organization_id);

create table deployment_events (
  deployment_id uuid not null references deployments (id) on delete cascade,
  sequence integer not null check (sequence >= 1),
  organization_id uuid not null references organizations (id) on delete cascade,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now(),
  primary key (deployment_id, sequence)
);
create index deployment_events_organization on deployment_events (organization_id, created_at desc);

do $$
declare name text;
begin
  foreach name in array
    array['agent_apps', 'packages', 'package_uploads', 'deployments', 'deployment_steps', 'deployment_events']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('revoke all on %I from anon, authenticated', name);
    execute format('grant select, insert, update, delete on %I to authenticated', name);
    execute format($p$create policy %I on %I for all to authenticated
      using (organization_id = (select baton.organization_id()))
      with check (organization_id = (select baton.organization_id()))$p$, name || '_all', name);
  end loop;
  -- A person's own token may follow what is deployed, but not see an app's sealed secret or where uploads go.
  foreach name in array array['packages', 'deployments', 'deployment_steps', 'deployment_events'] loop
    execute format($p$create policy %I on %I for select to authenticated
      using (organization_id = any ((select baton.readable_organizations())::uuid[]))$p$, name || '_read', name);
  end loop;
end $$;
