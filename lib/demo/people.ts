import { forgetCached } from "#lib/auth/cache";
import { type Context, type Role, scopesOfRole } from "#lib/context";
import { systemTransaction } from "#lib/db/transaction";
import { chooseForUndecided, selectFirstPerson, selectOwned, setDemoState } from "#lib/demo/queries";
import { uuidv7 } from "#lib/id";
import { provisionPerson, provisionPersonOnly } from "#lib/organizations/provision";
import { insertMembership } from "#lib/organizations/queries";

export const organizationName = "Northwind Studio (demo)";

export type Person = { userId: string; email: string; role: Role };

/**
 * People nobody can sign in as: they have no account, and their addresses are in a domain that is reserved for examples
 * and takes no mail. Ids are fixed, so that a filling that was cut off finds them again.
 */
const madeUp = (number: number, name: string, role: Role): Person => ({
  userId: `00000000-0000-7000-8000-00000000d3${number.toString(16).padStart(2, "0")}`,
  email: `${name}@northwind.example`,
  role,
});
export const founder = madeUp(1, "maya.lindqvist", "owner");
export const colleagues: readonly Person[] = [
  madeUp(2, "tomas.okafor", "admin"),
  madeUp(3, "ines.moreau", "member"),
  madeUp(4, "daniel.park", "member"),
  madeUp(5, "priya.raman", "member"),
];
const everybody = [founder, ...colleagues];
export const madeUpIds: readonly string[] = everybody.map(({ userId }) => userId);

/** The context of a made-up person. */
export function contextOf(organizationId: string, { userId, email, role }: Person): Context {
  const actor = { type: "user", userId, email, role, scopes: scopesOfRole(role) } as const;
  return { organizationId, actor, requestId: "req_demo", ip: null, userAgent: null };
}

/** The founder's organization, marked from its first moment that anybody could see. Throws when his address is taken. */
export async function found(): Promise<string> {
  await provisionPerson({ ...founder, organizationName });
  return systemTransaction(async (tx) => {
    const made = await selectOwned(tx, founder.userId);
    if (!made) throw new Error(`Somebody else has the address ${founder.email}; the demo cannot be made.`);
    await setDemoState(tx, made.id, "filling");
    return made.id;
  });
}

/** A colleague joins, as if he had accepted an invitation. */
export async function join(organizationId: string, person: Person): Promise<void> {
  await provisionPersonOnly(person);
  await systemTransaction((tx) => insertMembership(tx, { id: uuidv7(), organizationId, ...person }));
}

/** Opens the filled organization to a real person; who has chosen none to act for sees it first. */
export async function admit(organizationId: string, userId: string): Promise<void> {
  await systemTransaction(async (tx) => {
    await insertMembership(tx, { id: uuidv7(), organizationId, userId, role: "owner" });
    await chooseForUndecided(tx, organizationId, userId);
    await setDemoState(tx, organizationId, "filled");
  });
  forgetCached("user", userId);
}

/** Whose instance this is: who has this address, else who was here first, of those who are not made up. */
export function findOwner(email: string | undefined): Promise<{ userId: string; email: string } | undefined> {
  return selectFirstPerson(email, madeUpIds);
}
