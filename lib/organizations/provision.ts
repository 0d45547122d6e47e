import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { env } from "#lib/env";
import { uuidv7 } from "#lib/id";
import { addCredits } from "#lib/ledger/service";

/** The name of an organization whose founder gave none: `<local part>'s organization`. */
export function defaultOrganizationName(email: string): string {
  return `${email.split("@")[0]}'s organization`.slice(0, 100);
}

/**
 * Sets up a person who has just signed up: profile, organization, ownership, starter knowledge and welcome credits, in
 * one transaction.
 * Doing it again changes nothing, so a sign-up that was cut off half way is completed at the next login.
 */
export async function provisionPerson(person: {
  userId: string;
  email: string;
  organizationName?: string;
}): Promise<void> {
  const name = person.organizationName?.trim().slice(0, 100) || defaultOrganizationName(person.email);
  const organizationId = uuidv7();
  await systemTransaction(async (tx) => {
    // Of two at the same moment the later one may meet either unique index, so none is named.
    const isNew = await tx.run(sql`
      insert into profiles (user_id, email) values (${person.userId}, ${person.email.toLowerCase()})
      on conflict do nothing`);
    if (!isNew) return;
    await tx.run(sql`insert into organizations (id, name) values (${organizationId}, ${name})`);
    await tx.run(sql`
      insert into members (id, organization_id, user_id, role)
      values (${uuidv7()}, ${organizationId}, ${person.userId}, 'owner')`);
    await tx.run(sql`select baton.add_starter_knowledge(${organizationId})`);
    const welcome = env().WELCOME_CREDITS;
    if (welcome > 0) {
      const grant = { type: "grant", amount: welcome, description: "Welcome credits", reference: "welcome" } as const;
      await addCredits(tx, { organizationId }, grant);
    }
  });
}

/** Makes sure a person has a profile without giving him an organization of his own. */
export async function provisionPersonOnly(person: { userId: string; email: string }): Promise<void> {
  await system.run(sql`
    insert into profiles (user_id, email) values (${person.userId}, ${person.email.toLowerCase()})
    on conflict do nothing`);
}
