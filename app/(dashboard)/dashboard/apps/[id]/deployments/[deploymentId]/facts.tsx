import type { ReactNode } from "react";
import { Card } from "#components/ui/card";
import { formatDuration, formatNumber } from "#components/ui/format";
import { RelativeTime } from "#components/ui/relative-time";
import type { DeploymentCredits } from "#lib/deployments/history-queries";
import type { Deployment } from "#lib/deployments/schema";
import { isUnderWay, plural } from "../../../words";

/** What a deployment was for, how long it took, and what the ledger says about it. */
export function Facts({ deployment, credits }: { deployment: Deployment; credits: DeploymentCredits }) {
  const { created_at, started_at, completed_at, attempts, release_notes } = deployment;
  const facts: { label: string; value: ReactNode }[] = [
    { label: "Credits", value: <Credits deployment={deployment} credits={credits} /> },
    { label: "Queued", value: <RelativeTime value={created_at} /> },
    { label: "Waited", value: started_at ? span(created_at, started_at) : "–" },
    { label: "Took", value: started_at && completed_at ? span(started_at, completed_at) : "–" },
    { label: "Attempts", value: formatNumber(attempts) },
  ];
  return (
    <Card className="grid min-w-0 gap-3 p-4">
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
        {facts.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {release_notes ? (
        <div className="grid gap-1 border-t pt-3">
          <h3 className="text-muted-foreground">Release notes</h3>
          <p className="max-h-48 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">{release_notes}</p>
        </div>
      ) : null}
    </Card>
  );
}

const span = (from: string, to: string) => formatDuration(Math.max(0, Date.parse(to) - Date.parse(from)));

function Credits({ deployment, credits }: { deployment: Deployment; credits: DeploymentCredits }) {
  const { charged, refunded } = credits;
  if (charged === null) return "Free: it was live before";
  if (refunded !== null) return `${formatNumber(charged)} reserved, ${formatNumber(refunded)} refunded`;
  // Credits come back in the transaction that ends a deployment without success; the page reads them anew right after.
  return `${plural(charged, "credit")} ${isUnderWay(deployment.status) ? "reserved" : "used"}`;
}
