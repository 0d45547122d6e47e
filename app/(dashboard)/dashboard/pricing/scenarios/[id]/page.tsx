import type { Metadata } from "next";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { listPolicies } from "#lib/pricing/policy/service";
import { compareScenarioSet } from "#lib/pricing/scenarios/service";
import { type SearchParams, single } from "../../../../../search-params";
import { requireMember } from "../../../../member";
import { orNotFound } from "../../../apps/[id]/app";
import { deliveryWords } from "../../words";
import { ReviewNote } from "../review-note";
import { ComparisonTable } from "./comparison-table";
import { DeleteButton } from "./delete-button";
import { EvaluateButton } from "./evaluate-button";
import { Totals } from "./totals";
import { VersionSelect } from "./version-select";

export const metadata: Metadata = { title: "Scenario set" };

type SetPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

/** The version that the address asks for; what is no number there is as on a first visit. */
function versionIn(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export default async function ScenarioSetPage({ params, searchParams }: SetPageProps) {
  const [ctx, { id }, query] = await Promise.all([requireMember("billing:read"), params, searchParams]);
  const [comparison, { versions }] = await Promise.all([
    orNotFound(compareScenarioSet(ctx, id, versionIn(single(query.against)))),
    listPolicies(ctx, { limit: 100 }),
  ]);
  const { set, before, now } = comparison;

  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="grid min-w-0 gap-2">
        <Link href="/dashboard/pricing/scenarios" className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Scenario sets
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h2 className="min-w-0 font-semibold text-lg tracking-tight [overflow-wrap:anywhere]">{set.name}</h2>
          <ReviewNote priced={now} />
          <span className="ml-auto flex flex-wrap gap-2">
            <DeleteButton setId={set.scenario_set_id} name={set.name} />
            <EvaluateButton setId={set.scenario_set_id} count={set.scenarios.length} />
          </span>
        </div>
        <p className="text-muted-foreground">
          Delivery: {deliveryWords[set.delivery_type].toLowerCase()}. Made <RelativeTime value={set.created_at} />.
        </p>
      </header>
      <Section
        title="Against the policy in force"
        description="Nothing of this is stored. Evaluating makes quotes that can be sent."
        actions={
          <VersionSelect
            setId={set.scenario_set_id}
            version={before.policyVersion}
            versions={versions.map(({ version, status }) => ({ version, status }))}
          />
        }
      >
        <Totals before={before} now={now} />
        <ComparisonTable comparison={comparison} />
      </Section>
    </div>
  );
}
