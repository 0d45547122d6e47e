import { randomUUID } from "node:crypto";
import { type Context, type Role, type Scope, scopesOfRole, systemContext } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { createKey } from "#lib/keys/service";
import { provisionPerson, provisionPersonOnly } from "#lib/organizations/provision";

export type TestPerson = { userId: string; email: string; organizationId: string; ctx: Context };

/** The context of a person in an organization, as the dashboard builds it. */
export function personContext(organizationId: string, userId: string, email: string, role: Role): Context {
  const actor = { type: "user", userId, email, role, scopes: scopesOfRole(role) } as const;
  return { organizationId, actor, requestId: "req_test00000", ip: "203.0.113.7", userAgent: "test" };
}

/** An organization of its own with an owner and a key that has `scopes` (all unless said). */
export async function createOrganization(options: { scopes?: Scope[]; name?: string } = {}) {
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  await provisionPerson({ userId, email, organizationName: options.name ?? "Test organization" });
  const { organizationId } = await system.one<{ organizationId: string }>(sql`
    select organization_id from members where user_id = ${userId}`);
  const owner = personContext(organizationId, userId, email, "owner");
  const { apiKey } = await createKey(owner, { name: "Test key", ...(options.scopes && { scopes: options.scopes }) });
  return {
    organizationId,
    userId,
    email,
    apiKey: apiKey.key,
    keyId: apiKey.id,
    ctx: owner,
    systemCtx: systemContext(organizationId),
  };
}

/** Another person in an organization. */
export async function addMember(organizationId: string, role: Role): Promise<TestPerson> {
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  await provisionPersonOnly({ userId, email });
  await system.run(sql`
    insert into members (id, organization_id, user_id, role) values (${uuidv7()}, ${organizationId}, ${userId}, ${role})`);
  return { userId, email, organizationId, ctx: personContext(organizationId, userId, email, role) };
}
