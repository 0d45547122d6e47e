import { Card } from "#components/ui/card";
import { Section } from "#components/ui/section";
import type { Context } from "#lib/context";
import { listKeys } from "#lib/keys/service";
import { getConfig } from "#lib/orchestrator/config";
import { listTeams } from "#lib/teams/service";
import { ConfigForm } from "./config-form";
import { LimitTable } from "./limit-table";

const keysMax = 100;

/** What owners and admins may change: budgets of keys and teams, and the settings of the organization. */
export async function AdminPanels({ ctx }: { ctx: Context }) {
  const [{ budgets, ...config }, { apiKeys }, { teams }] = await Promise.all([
    getConfig(ctx),
    listKeys(ctx, { limit: keysMax }),
    listTeams(ctx),
  ]);
  const subjects = [
    ...apiKeys.map(({ id, name }) => ({ scope: "key" as const, id, name })),
    ...teams.map(({ team, name }) => ({ scope: "team" as const, id: team, name: `${name} (${team})` })),
  ];
  const nameOf = (scope: string, id: string) =>
    subjects.find((one) => one.scope === scope && one.id === id)?.name ?? id;
  return (
    <>
      <LimitTable
        limits={budgets.map((budget) => ({ ...budget, name: nameOf(budget.scope, budget.id) }))}
        subjects={subjects}
      />
      <Section title="Settings" description="For the whole organization.">
        <Card className="p-4">
          <ConfigForm key={JSON.stringify(config)} config={config} />
        </Card>
      </Section>
    </>
  );
}
