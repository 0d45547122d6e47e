import type { Metadata } from "next";
import { Page, Section } from "#components/ui/section";
import { getCurrentOrganization } from "#lib/organizations/service";
import { getOnboarding, summarize } from "#lib/overview/service";
import { listRuns } from "#lib/runs/service";
import { requireMember } from "../member";
import { listChoices } from "../model-choices";
import { Figures } from "./figures";
import { Onboarding } from "./onboarding";
import { RunTable } from "./run-table";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const ctx = await requireMember();
  const [{ organization }, onboarding, summary, runs, models] = await Promise.all([
    getCurrentOrganization(ctx),
    getOnboarding(ctx),
    summarize(ctx),
    listRuns(ctx, { limit: 10, offset: 0 }),
    listChoices(ctx),
  ]);
  const state = {
    hasKey: onboarding.hasKey,
    keyUsed: onboarding.keyUsed,
    hasRun: onboarding.hasRun,
    hasApp: onboarding.hasApp,
    hasPackage: onboarding.hasPackage,
    hasDeployment: onboarding.hasDeployment,
    hasTeammateOrProvider: onboarding.hasTeammate || models.some((model) => !model.simulated),
  };
  const isOnboarding = !onboarding.dismissed && Object.values(state).includes(false);

  return (
    <Page title="Overview">
      {isOnboarding ? <Onboarding state={state} isAdmin={ctx.actor.scopes.includes("admin:write")} /> : null}
      <Figures credits={organization.credits} summary={summary} />
      <Section title="Recent runs" description={runs.total > 10 ? `The newest 10 of ${runs.total}.` : undefined}>
        <RunTable runs={runs.items} />
      </Section>
    </Page>
  );
}
