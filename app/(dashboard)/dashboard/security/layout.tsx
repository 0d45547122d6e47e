import type { ReactNode } from "react";
import { Page } from "#components/ui/section";
import { requireMember } from "../../member";
import { NotAllowed } from "../../not-allowed";
import { SecurityTabs } from "./security-tabs";

export default async function SecurityLayout({ children }: { children: ReactNode }) {
  const ctx = await requireMember();
  if (!ctx.actor.scopes.includes("admin:write")) return <NotAllowed title="Security" />;
  return (
    <Page title="Security" description="Who may call this organization's API, from where, and what was done.">
      <SecurityTabs />
      {children}
    </Page>
  );
}
