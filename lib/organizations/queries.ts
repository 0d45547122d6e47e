import type { Role } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";
import type { Invitation, Member, Organization } from "#lib/organizations/schema";
import type { Page } from "#lib/page";

type OrganizationRow = { id: string; name: string; credits: number; createdAt: string; updatedAt: string };

const wire = ({ id, name, credits, createdAt, updatedAt }: OrganizationRow): Organization => ({
  id,
  name,
  credits,
  created_at: createdAt,
  updated_at: updatedAt,
});

export async function selectOrganization(tx: Tx, id: string): Promise<Organization> {
  return wire(await tx.one(sql`select id, name, credits, created_at, updated_at from organizations where id = ${id}`));
}

export async function updateOrganizationName(tx: Tx, id: string, name: string): Promise<Organization> {
  return wire(
    await tx.one(sql`
      update organizations set name = ${name}, updated_at = now() where id = ${id}
      returning id, name, credits, created_at, updated_at`),
  );
}

/** Every organization a person belongs to, oldest membership first. */
export function selectOwnOrganizations(userId: string): Promise<{ id: string; name: string; role: Role }[]> {
  return system.all(sql`
    select o.id, o.name, m.role from members m join organizations o on o.id = m.organization_id
    where m.user_id = ${userId} order by m.joined_at, m.id limit 1000`);
}

/** Makes one of his organizations the one a person acts for; false when it is not his. */
export async function updateActiveOrganization(userId: string, organizationId: string): Promise<boolean> {
  const changed = await system.run(sql`
    update profiles set active_organization_id = ${organizationId}
    where user_id = ${userId}
      and exists (select 1 from members where organization_id = ${organizationId} and user_id = ${userId})`);
  return changed > 0;
}

export async function selectMembers(tx: Tx, organizationId: string, { limit, offset }: Page): Promise<Member[]> {
  const rows = await tx.all<{ id: string; userId: string; email: string; role: Role; joinedAt: string }>(sql`
    select m.id, m.user_id, p.email, m.role, m.joined_at
    from members m join profiles p on p.user_id = m.user_id
    where m.organization_id = ${organizationId} order by m.joined_at, m.id
    limit ${limit} offset ${offset}`);
  return rows.map(({ id, userId, email, role, joinedAt }) => ({
    id,
    user_id: userId,
    email,
    role,
    joined_at: joinedAt,
  }));
}

export function selectMemberByEmail(
  tx: Tx,
  organizationId: string,
  email: string,
): Promise<{ userId: string } | undefined> {
  return tx.maybe(sql`
    select m.user_id from members m join profiles p on p.user_id = m.user_id
    where m.organization_id = ${organizationId} and lower(p.email) = ${email}`);
}

export function selectMember(tx: Tx, organizationId: string, userId: string): Promise<{ role: Role } | undefined> {
  return tx.maybe(sql`select role from members where organization_id = ${organizationId} and user_id = ${userId}`);
}

/**
 * Removes a member with the keys he made for this organization, and answers the ids of those. The database keeps the
 * last owner.
 */
export async function deleteMember(tx: Tx, organizationId: string, userId: string): Promise<string[]> {
  await tx.run(sql`delete from members where organization_id = ${organizationId} and user_id = ${userId}`);
  const keys = await tx.all<{ id: string }>(sql`
    delete from api_keys where organization_id = ${organizationId} and created_by = ${userId} returning id`);
  return keys.map(({ id }) => id);
}

type InvitationRow = { id: string; email: string; role: "member" | "admin"; expiresAt: string; createdAt: string };

const invitation = ({ id, email, role, expiresAt, createdAt }: InvitationRow): Invitation => ({
  id,
  email,
  role,
  expires_at: expiresAt,
  created_at: createdAt,
});

type NewInvitation = {
  id: string;
  organizationId: string;
  email: string;
  role: string;
  tokenHash: Buffer;
  invitedBy: string | null;
};

/** Adds an invitation for seven days in place of an open one to the same address. */
export async function insertInvitation(tx: Tx, made: NewInvitation): Promise<Invitation> {
  const address = `invitation\n${made.organizationId}\n${made.email}`;
  // Two invitations to one address at the same moment: the later one must see the earlier one to replace it.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${address}, 0))`);
  await tx.run(sql`
    delete from invitations
    where organization_id = ${made.organizationId} and lower(email) = ${made.email} and accepted_at is null`);
  return invitation(
    await tx.one(sql`
      insert into invitations (id, organization_id, email, role, token_hash, invited_by, expires_at)
      values (${made.id}, ${made.organizationId}, ${made.email}, ${made.role}, ${made.tokenHash}, ${made.invitedBy},
        now() + interval '7 days')
      returning id, email, role, expires_at, created_at`),
  );
}

export async function selectOpenInvitations(
  tx: Tx,
  organizationId: string,
  { limit, offset }: Page,
): Promise<Invitation[]> {
  const rows = await tx.all<InvitationRow>(sql`
    select id, email, role, expires_at, created_at from invitations
    where organization_id = ${organizationId} and accepted_at is null and expires_at > now()
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
  return rows.map(invitation);
}

export async function deleteInvitation(tx: Tx, organizationId: string, id: string): Promise<boolean> {
  const deleted = await tx.run(sql`
    delete from invitations where organization_id = ${organizationId} and id = ${id} and accepted_at is null`);
  return deleted > 0;
}

export type OpenInvitation = {
  id: string;
  organizationId: string;
  organizationName: string;
  email: string;
  role: Role;
  expiresAt: string;
};

/** An invitation that can still be accepted. With `lock`, nobody else can accept it until the transaction ends. */
export function selectOpenInvitation(tx: Tx, tokenHash: Buffer, lock: boolean): Promise<OpenInvitation | undefined> {
  const query = sql`
    select i.id, i.organization_id, o.name as organization_name, i.email, i.role, i.expires_at
    from invitations i join organizations o on o.id = i.organization_id
    where i.token_hash = ${tokenHash} and i.accepted_at is null and i.expires_at > now()`;
  return tx.maybe(lock ? sql`${query} for update of i` : query);
}

export async function insertMembership(
  tx: Tx,
  member: { id: string; organizationId: string; userId: string; role: string },
): Promise<void> {
  await tx.run(sql`
    insert into members (id, organization_id, user_id, role)
    values (${member.id}, ${member.organizationId}, ${member.userId}, ${member.role})
    on conflict (organization_id, user_id) do nothing`);
}

export async function updateInvitationAccepted(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update invitations set accepted_at = now() where id = ${id}`);
}

/** Whether an account with this address is set up. */
export async function existsPerson(email: string): Promise<boolean> {
  return (await system.all(sql`select from profiles where lower(email) = ${email}`)).length > 0;
}

/** The address of a person, as far as the tenant may see it. */
export function selectEmail(tx: Tx, userId: string): Promise<{ email: string } | undefined> {
  return tx.maybe(sql`select email from profiles where user_id = ${userId}`);
}
