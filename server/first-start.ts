import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signUp } from "#lib/accounts/service";
import { selectUser } from "#lib/auth/queries";
import { type Context, scopesOfRole } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { publicUrl } from "#lib/env";
import { randomText } from "#lib/id";
import { createKey } from "#lib/keys/service";
import { provisionPerson } from "#lib/organizations/provision";

const organizationName = "My organization";

type Credentials = { email: string; password: string };

/** The account of a start that was interrupted after it was made; else a new one. */
async function accountOf({ email, password }: Credentials): Promise<string> {
  const made = await system.maybe<{ id: string }>(sql`select id from auth.users where email = ${email}`);
  return made?.id ?? (await signUp({ email, password, organizationName })).user.id;
}

async function createOwner({ email, password }: Credentials): Promise<Credentials & { key: string }> {
  const userId = await accountOf({ email, password });
  await provisionPerson({ userId, email, organizationName });
  // Nobody reads this address: it counts as confirmed even where others must confirm theirs.
  await system.run(
    sql`update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()) where id = ${userId}`,
  );
  const person = await selectUser(userId);
  const organizationId = person?.memberships[0]?.organizationId;
  if (!organizationId) throw new Error("The local owner has no organization.");
  const actor = { type: "user", userId, email, role: "owner", scopes: scopesOfRole("owner") } as const;
  const ctx: Context = { organizationId, actor, requestId: "first-start", ip: null, userAgent: null };
  const { apiKey } = await createKey(ctx, { name: "First key" });
  return { email, password, key: apiKey.key };
}

const write = (file: string, content: object) =>
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });

/**
 * On the very first start of an embedded instance, makes a local owner with an API key and says how to use them. Both are
 * kept in `owner.json` of the data folder, readable by its owner only. A start that is interrupted at any point is taken up
 * by the next one: the password is on disk before the account is made.
 */
export async function welcomeOwner(dataDir: string, say: (line: string) => void): Promise<void> {
  const file = join(dataDir, "owner.json");
  const pending = join(dataDir, "owner.pending.json");
  if (existsSync(file)) return;
  if (!existsSync(pending)) {
    const { count } = await system.one<{ count: number }>(sql`select count(*) as count from profiles`);
    if (count > 0) return;
    write(pending, { email: "owner@baton.local", password: randomText(20) });
  }
  const owner = await createOwner(JSON.parse(readFileSync(pending, "utf8")));
  write(pending, owner);
  renameSync(pending, file);
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
