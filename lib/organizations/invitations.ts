import { createHash } from "node:crypto";
import { forgetCached } from "#lib/auth/cache";
import { type Actor, type Context, systemContext, userIdOf } from "#lib/context";
import { system, systemTransaction, tenant, transaction } from "#lib/db/transaction";
import { publicUrl } from "#lib/env";
import { conflict, forbidden, invalid, notFound } from "#lib/errors";
import { isUuid, randomText, uuidv7 } from "#lib/id";
import { canMail, sendMail } from "#lib/mail/mail";
import { provisionPersonOnly } from "#lib/organizations/provision";
import {
  deleteInvitation,
  insertInvitation,
  insertMembership,
  selectMemberByEmail,
  selectOpenInvitation,
  selectOpenInvitations,
  selectOrganization,
  updateActiveOrganization,
  updateInvitationAccepted,
} from "#lib/organizations/queries";
import type { AcceptedInvitation, CreatedInvitation, Invitation, InviteMember } from "#lib/organizations/schema";
import { roleOf } from "#lib/organizations/service";
import { type PageQuery, pageOf } from "#lib/page";
import { recordAudit, recordEvent, recordUsage } from "#lib/records/service";

const hashToken = (token: string) => createHash("sha256").update(token).digest();

/**
 * Invites an address for seven days; an earlier open invitation to it ends. The token is in this answer only. The link is
 * mailed when a mail server is set up, after the invitation is stored.
 */
export async function inviteMember(ctx: Context, input: InviteMember): Promise<CreatedInvitation> {
  if (input.role === "admin" && roleOf(ctx) !== "owner") throw forbidden("Only an owner may invite an admin.");
  const token = randomText(40);
  const url = `${publicUrl()}/invitations/accept?token=${token}`;
  return transaction(ctx, async (tx) => {
    if (await selectMemberByEmail(tx, ctx.organizationId, input.email)) {
      throw conflict(`${input.email} is already a member.`, "ALREADY_MEMBER");
    }
    const row = {
      id: uuidv7(),
      organizationId: ctx.organizationId,
      tokenHash: hashToken(token),
      invitedBy: userIdOf(ctx),
      ...input,
    };
    const invitation = await insertInvitation(tx, row);
    await recordUsage(tx, ctx, "member_invited", `Invited ${input.email}`);
    await recordAudit(tx, ctx, "config.change", { type: "invitation", id: invitation.id }, { role: input.role });
    const { name } = await selectOrganization(tx, ctx.organizationId);
    tx.afterCommit(() => mailInvitation(input.email, name, url));
    return { invitation: { ...invitation, token, url, mailed: canMail() } };
  });
}

function mailInvitation(to: string, organizationName: string, url: string): Promise<boolean> {
  return sendMail({
    to,
    subject: `Join ${organizationName} on Baton`,
    text: `You are invited to join ${organizationName} on Baton.\n\nAccept within seven days:\n${url}\n`,
  });
}

export async function listInvitations(ctx: Context, query?: PageQuery): Promise<{ invitations: Invitation[] }> {
  return { invitations: await selectOpenInvitations(tenant(ctx), ctx.organizationId, pageOf(query)) };
}

export async function withdrawInvitation(ctx: Context, id: string): Promise<{ message: string }> {
  if (!isUuid(id) || !(await deleteInvitation(tenant(ctx), ctx.organizationId, id))) throw notFound("Invitation");
  return { message: "Invitation withdrawn successfully" };
}

/** What the holder of a link may know before accepting; nothing when it is unknown, used or expired. */
export async function getInvitation(token: string) {
  const found = await selectOpenInvitation(system, hashToken(token), false);
  if (!found) return null;
  return {
    organization_name: found.organizationName,
    email: found.email,
    role: found.role,
    expires_at: found.expiresAt,
  };
}

/** Makes the person a member of the inviting organization and lets him act for it. Works once, for the invited address only. */
export async function acceptInvitation(person: Actor, token: string): Promise<AcceptedInvitation> {
  if (person.type !== "user") throw forbidden("Only a person can accept an invitation.");
  await provisionPersonOnly(person);
  const accepted = await systemTransaction(async (tx) => {
    const found = await selectOpenInvitation(tx, hashToken(token), true);
    if (!found)
      throw invalid([{ field: "token", message: "This invitation is unknown, used or expired. Ask for a new one." }]);
    if (found.email.toLowerCase() !== person.email.toLowerCase()) {
      throw forbidden(`This invitation is for another address than ${person.email}.`);
    }
    await insertMembership(tx, {
      id: uuidv7(),
      organizationId: found.organizationId,
      userId: person.userId,
      role: found.role,
    });
    await updateInvitationAccepted(tx, found.id);
    await recordEvent(tx, systemContext(found.organizationId), "member.joined", {
      user_id: person.userId,
      role: found.role,
    });
    return { organization: await selectOrganization(tx, found.organizationId), role: found.role };
  });
  await updateActiveOrganization(person.userId, accepted.organization.id);
  forgetCached("user", person.userId);
  return accepted;
}
