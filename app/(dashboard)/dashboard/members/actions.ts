"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { inviteMember, withdrawInvitation } from "#lib/organizations/invitations";
import { type CreatedInvitation, InviteMember } from "#lib/organizations/schema";
import { removeMember } from "#lib/organizations/service";
import { act } from "../../action";

const Person = z.object({ userId: z.uuid() });
const OpenInvitation = z.object({ id: z.uuid() });
type Done = ActionResult<{ message: string }>;

/** Invites an address; the answer holds the only copy of the link. */
export async function inviteMemberAction(
  input: z.input<typeof InviteMember>,
): Promise<ActionResult<CreatedInvitation["invitation"]>> {
  return act(
    { scope: "admin:write", input: InviteMember },
    input,
    async (ctx, invitation) => (await inviteMember(ctx, invitation)).invitation,
  );
}

/** Makes the link of an invitation useless. */
export async function withdrawInvitationAction(input: z.input<typeof OpenInvitation>): Promise<Done> {
  return act({ scope: "admin:write", input: OpenInvitation }, input, (ctx, { id }) => withdrawInvitation(ctx, id));
}

/** Takes a person out. Everybody may call it, because everybody may leave; the service decides about others. */
export async function removeMemberAction(input: z.input<typeof Person>): Promise<Done> {
  return act({ input: Person }, input, (ctx, { userId }) => removeMember(ctx, userId));
}
