import type { Metadata } from "next";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { getExperiment } from "#lib/pricing/experiments/service";
import type { ExperimentSummary } from "#lib/pricing/review/schema";
import { requireMember } from "../../../../member";
import { orNotFound } from "../../../apps/[id]/app";
import { formatPercent } from "../../money";
import { ResultBadge, signedMarkup } from "../result";
import { CompleteButton } from "./complete-button";
import { SubjectForms } from "./subject-forms";
import { VariantTable } from "./variant-table";

export const metadata: Metadata = { title: "Experiment" };

const advice: Record<ExperimentSummary["recommendation"], string> = {
  roll_out: "The margin grew and approvals hardly fell: change the policy's markups accordingly.",
  discard: "The margin fell and no more was approved: keep the policy as it is.",
  inconclusive: "Margin and approvals point different ways: let it run on, or try another adjustment.",
};

export default async function ExperimentPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([requireMember("billing:read"), params]);
  const { experiment } = await orNotFound(getExperiment(ctx, id));
  const { summary, status } = experiment;
  const isRunning = status === "running";

  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="grid min-w-0 gap-2">
        <Link
          href="/dashboard/pricing/experiments"
          className="w-fit text-muted-foreground text-xs hover:text-foreground"
        >
          Experiments
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h2 className="min-w-0 font-semibold text-lg tracking-tight [overflow-wrap:anywhere]">{experiment.name}</h2>
          {isRunning ? <Badge tone="accent">Running</Badge> : <Badge>Completed</Badge>}
          {isRunning ? (
            <span className="ml-auto">
              <CompleteButton experimentId={experiment.experiment_id} name={experiment.name} />
            </span>
          ) : null}
        </div>
        <p className="text-muted-foreground">
          Test is priced with a markup adjusted by {signedMarkup(experiment.markup_adjustment)}, for{" "}
          {formatPercent(experiment.test_share_pct, 0)} of the customers. Begun{" "}
          <RelativeTime value={experiment.created_at} />
          {experiment.completed_at ? (
            <>
              , completed <RelativeTime value={experiment.completed_at} />
            </>
          ) : null}
          .
        </p>
      </header>
      <Section title="Result">
        <div role="status" className="flex flex-wrap items-center gap-2">
          <ResultBadge summary={summary} />
          <span className="text-muted-foreground">
            {summary.status === "complete"
              ? advice[summary.recommendation]
              : "There is a result from ten decisions in each variant on."}
          </span>
        </div>
        <VariantTable summary={summary} />
      </Section>
      {isRunning ? (
        <Section
          title="Customers"
          description="A decision in the quote builder that names the experiment is counted by itself."
        >
          <SubjectForms experimentId={experiment.experiment_id} />
        </Section>
      ) : (
        <Alert tone="info">The experiment is completed: nobody is assigned and nothing is counted any more.</Alert>
      )}
    </div>
  );
}
