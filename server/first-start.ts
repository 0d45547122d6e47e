import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signUp } from "#lib/accounts/service";
import { selectUser } from "#lib/auth/queries";
import { type Context, scopesOfRole } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { publicUrl } from "#lib/env";
import { randomText } from "#lib/id";
import { createKey } from "#lib/keys/service";

const email = "owner@baton.local";

async function createOwner(): Promise<{ email: string; password: string; key: string }> {
  const password = randomText(20);
  const { user } = await signUp({ email, password, organizationName: "My organization" });
  // Nobody reads this address: it counts as confirmed even where others must confirm theirs.
  await system.run(
    sql`update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()) where id = ${user.id}`,
  );
  const person = await selectUser(user.id);
  const organizationId = person?.memberships[0]?.organizationId;
  if (!organizationId) throw new Error("The local owner has no organization.");
  const actor = { type: "user", userId: user.id, email, role: "owner", scopes: scopesOfRole("owner") } as const;
  const ctx: Context = { organizationId, actor, requestId: "first-start", ip: null, userAgent: null };
  const { apiKey } = await createKey(ctx, { name: "First key" });
  return { email, password, key: apiKey.key };
}

/**
 * On the very first start of an embedded instance, makes a local owner with an API key and says how to use them. Both are
 * kept in `owner.json` of the data folder, readable by its owner only.
 */
export async function welcomeOwner(dataDir: string, say: (line: string) => void): Promise<void> {
  const file = join(dataDir, "owner.json");
  if (existsSync(file)) return;
  const { count } = await system.one<{ count: number }>(sql`select count(*) as count from profiles`);
  if (count > 0) return;
  const owner = await createOwner();
  writeFileSync(file, `${JSON.stringify(owner, null, 2)}\n`, { mode: 0o600 });
  say(`
  Sign in      ${publicUrl()}/login
  E-mail       ${owner.email}
  Password     ${owner.password}
  API key      ${owner.key}
  (kept in ${file})

  Try it:
  curl ${publicUrl()}/v1/chat/completions -H "Authorization: Bearer ${owner.key}" \\
    -H "Content-Type: application/json" -d '{"model":"gpt-4","messages":[{"role":"user","content":"Hello, Baton"}]}'
`);
}

/** The first owner's credentials, as kept in the data folder; nothing when they were removed. */
export function readOwner(dataDir: string): { email: string; password: string; key: string } | undefined {
  const file = join(dataDir, "owner.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
