import type { Metadata } from "next";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Page, Section } from "#components/ui/section";
import { getCurrentOrganization, listOwnOrganizations } from "#lib/organizations/service";
import { requireMember } from "../../member";
import { OrganizationForm } from "./organization-form";
import { ThemePicker } from "./theme-picker";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const ctx = await requireMember();
  const [{ organization }, { organizations }] = await Promise.all([
    getCurrentOrganization(ctx),
    listOwnOrganizations(ctx),
  ]);
  const isAdmin = ctx.actor.scopes.includes("admin:write");

  return (
    <Page title="Settings">
      <div className="grid max-w-2xl grid-cols-1 gap-8">
        <Section title="Organization" description={isAdmin ? undefined : "Only owners and admins can change this."}>
          <Card className="p-4">
            <OrganizationForm key={organization.name} name={organization.name} isEditable={isAdmin} />
          </Card>
        </Section>
        <Section title="Appearance" description="Kept in this browser.">
          <ThemePicker />
        </Section>
        <Section title="You">
          <Card>
            <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-2.5 p-4">
              <dt className="text-muted-foreground">E-mail</dt>
              <dd className="truncate">{ctx.actor.email}</dd>
              <dt className="text-muted-foreground">Role here</dt>
              <dd className="capitalize">{ctx.actor.role}</dd>
            </dl>
          </Card>
        </Section>
        <Section title="Your organizations" description="Change between them at the top of each page.">
          <Card>
            <ul>
              {organizations.map(({ id, name, role, current }) => (
                <li key={id} className="flex items-center gap-3 border-b px-4 py-2.5 last:border-b-0">
                  <span className="min-w-0 truncate font-medium">{name}</span>
                  {current ? <Badge tone="accent">In use</Badge> : null}
                  <span className="ml-auto text-muted-foreground capitalize">{role}</span>
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      </div>
    </Page>
  );
}
