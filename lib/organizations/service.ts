import { DatabaseError } from "pg";
import { forgetCached } from "#lib/auth/cache";
import { type Context, type Role, userIdOf } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { conflict, forbidden, notFound } from "#lib/errors";
import { isUuid } from "#lib/id";
import {
  deleteMember,
  selectMember,
  selectMembers,
  selectOrganization,
  selectOwnOrganizations,
  updateActiveOrganization,
  updateOrganizationName,
} from "#lib/organizations/queries";
import type {
  CurrentOrganization,
  Member,
  Organization,
  OwnOrganizations,
  UpdateOrganization,
} from "#lib/organizations/schema";
import { type PageQuery, pageOf } from "#lib/page";
import { recordAudit, recordEvent } from "#lib/records/service";

/** The role in which a context acts: a person's own; for a key and for Baton itself, an admin's, bounded by its scopes. */
export function roleOf(ctx: Context): Role {
  return ctx.actor.type === "user" ? ctx.actor.role : "admin";
}

/** The organization of the call and the caller's role in it. A key answers with the role of its maker. */
export async function getCurrentOrganization(ctx: Context): Promise<CurrentOrganization> {
  const userId = userIdOf(ctx);
  return transaction(ctx, async (tx) => {
    const organization = await selectOrganization(tx, ctx.organizationId);
    const membership = userId ? await selectMember(tx, ctx.organizationId, userId) : undefined;
    return { organization, role: membership?.role ?? "member" };
  });
}

export async function updateOrganization(
  ctx: Context,
  input: UpdateOrganization,
): Promise<{ organization: Organization }> {
  return transaction(ctx, async (tx) => {
    const organization = await updateOrganizationName(tx, ctx.organizationId, input.name);
    await recordAudit(tx, ctx, "config.change", { type: "organization", id: organization.id }, { name: input.name });
    return { organization };
  });
}

/** The organizations of a person; `current` marks the one of this call. A key sees no other than its own. */
export async function listOwnOrganizations(ctx: Context): Promise<OwnOrganizations> {
  const userId = userIdOf(ctx);
  const all = userId ? await selectOwnOrganizations(userId) : [];
  const organizations = all.map((one) => ({ ...one, current: one.id === ctx.organizationId }));
  return { organizations: ctx.actor.type === "user" ? organizations : organizations.filter(({ current }) => current) };
}

/** Makes another of the person's organizations the one that calls without `X-Organization-Id` act for. */
export async function switchOrganization(ctx: Context, organizationId: string): Promise<OwnOrganizations> {
  if (ctx.actor.type !== "user") throw forbidden("A key belongs to one organization and cannot switch.");
  if (!(await updateActiveOrganization(ctx.actor.userId, organizationId))) throw notFound("Organization");
  forgetCached("user", ctx.actor.userId);
  return listOwnOrganizations({ ...ctx, organizationId });
}

export async function listMembers(ctx: Context, query?: PageQuery): Promise<{ members: Member[] }> {
  return { members: await selectMembers(tenant(ctx), ctx.organizationId, pageOf(query)) };
}

/**
 * Takes a person out of the organization; the keys he made for it are revoked with it. Members may only leave; only an
 * owner removes an owner; the last owner stays.
 */
export async function removeMember(ctx: Context, userId: string): Promise<{ message: string }> {
  if (!isUuid(userId)) throw notFound("Member");
  const isSelf = ctx.actor.type === "user" && ctx.actor.userId === userId;
  let keyIds: string[];
  try {
    keyIds = await transaction(ctx, async (tx) => {
      const found = await selectMember(tx, ctx.organizationId, userId);
      if (!found) throw notFound("Member");
      if (!isSelf && !canManage(ctx)) throw forbidden("Only an owner or admin removes members.");
      if (!isSelf && found.role === "owner" && roleOf(ctx) !== "owner")
        throw forbidden("Only an owner removes an owner.");
      const revoked = await deleteMember(tx, ctx.organizationId, userId);
      await recordAudit(tx, ctx, "config.change", { type: "member", id: userId }, { removed: true }, "warning");
      await recordEvent(tx, ctx, "member.removed", { user_id: userId });
      return revoked;
    });
  } catch (error) {
    if (error instanceof DatabaseError && error.code === "BT001") {
      throw conflict("An organization keeps at least one owner. Make somebody else an owner first.", "LAST_OWNER");
    }
    throw error;
  }
  forgetCached("user", userId);
  for (const id of keyIds) forgetCached("key", id);
  return { message: "Member removed successfully" };
}

function canManage({ actor }: Context): boolean {
  return actor.type === "system" || actor.scopes.includes("admin:write");
}
