import { Client } from "pg";

// What hosted Supabase has before the first migration runs, so that the same migrations fit both.
const roles = `
do $$ begin
  if to_regrole('anon') is null then create role anon nologin; end if;
  if to_regrole('authenticated') is null then create role authenticated nologin; end if;
  if to_regrole('service_role') is null then create role service_role nologin bypassrls; end if;
end $$;
grant usage on schema public to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;`;

// Lite reads the older `request.jwt.claim.*` settings only; hosted Supabase reads the newer one as well.
const claim = (name: string) => `coalesce(nullif(current_setting('request.jwt.claim.${name}', true), ''),
  nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> '${name}')`;
const authSchema = `
create or replace function auth.uid() returns uuid language sql stable as $$ select (${claim("sub")})::uuid $$;
create or replace function auth.role() returns text language sql stable as $$ select ${claim("role")} $$;
create or replace function auth.email() returns text language sql stable as $$ select ${claim("email")} $$;
grant usage on schema auth to anon, authenticated, service_role;`;

/** Creates the three API roles of Supabase and their default privileges; changes nothing when they are there. */
export async function createRoles(databaseUrl: string): Promise<void> {
  await run(databaseUrl, roles);
}

/** Gives policies the `auth.uid()`, `auth.role()` and `auth.email()` of hosted Supabase. Follows Lite's own set-up. */
export async function openAuthSchema(databaseUrl: string): Promise<void> {
  await run(databaseUrl, authSchema);
}

async function run(databaseUrl: string, statements: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
