"use server";

import type { ActionResult } from "#components/use-action";
import { UpdateOrganization } from "#lib/organizations/schema";
import { updateOrganization } from "#lib/organizations/service";
import { act } from "../../action";

/** Renames the organization. */
export async function renameOrganizationAction(input: UpdateOrganization): Promise<ActionResult<{ name: string }>> {
  return act({ scope: "admin:write", input: UpdateOrganization }, input, async (ctx, change) => {
    const { organization } = await updateOrganization(ctx, change);
    return { name: organization.name };
  });
}
