import { z } from "zod";

const Name = z.string().trim().min(1, "Name must not be blank").max(100, "Name must have at most 100 characters");
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email("Must be an e-mail address"));
export const RoleName = z.enum(["owner", "admin", "member"]);
const Time = z.iso.datetime();

export const Organization = z
  .object({ id: z.uuid(), name: z.string(), credits: z.int(), created_at: Time, updated_at: Time })
  .meta({ id: "Organization" });
export type Organization = z.infer<typeof Organization>;

export const CurrentOrganization = z.object({ organization: Organization, role: RoleName });
export type CurrentOrganization = z.infer<typeof CurrentOrganization>;

export const UpdateOrganization = z.object({ name: Name });
export type UpdateOrganization = z.infer<typeof UpdateOrganization>;

export const OwnOrganizations = z.object({
  organizations: z.array(z.object({ id: z.uuid(), name: z.string(), role: RoleName, current: z.boolean() })),
});
export type OwnOrganizations = z.infer<typeof OwnOrganizations>;

export const SwitchOrganization = z.object({ organization_id: z.uuid().toLowerCase() });

export const Member = z
  .object({ id: z.uuid(), user_id: z.uuid(), email: z.string(), role: RoleName, joined_at: Time })
  .meta({ id: "Member" });
export type Member = z.infer<typeof Member>;

export const InviteMember = z.object({
  email: Email,
  role: z.enum(["member", "admin"], "Role must be member or admin").default("member"),
});
export type InviteMember = z.infer<typeof InviteMember>;

export const Invitation = z
  .object({ id: z.uuid(), email: z.string(), role: z.enum(["member", "admin"]), expires_at: Time, created_at: Time })
  .meta({ id: "Invitation" });
export type Invitation = z.infer<typeof Invitation>;

export const CreatedInvitation = z.object({
  invitation: Invitation.extend({
    token: z.string().meta({ description: "Shown only here, for passing the link on where no mail server is set up." }),
    url: z.url(),
    mailed: z.boolean(),
  }),
});
export type CreatedInvitation = z.infer<typeof CreatedInvitation>;

export const AcceptInvitation = z.object({ token: z.string().min(1, "Required field missing").max(200) });
export const AcceptedInvitation = z.object({ organization: Organization, role: RoleName });
export type AcceptedInvitation = z.infer<typeof AcceptedInvitation>;
