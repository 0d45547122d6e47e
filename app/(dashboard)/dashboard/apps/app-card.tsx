import { Card } from "#components/ui/card";
import { formatCompact } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import type { AppCard as App } from "#lib/apps/card-queries";
import { DeploymentBadge } from "./deployment-badge";
import { VisibilityBadge } from "./visibility-badge";

/** One app at a glance: what answers now, what became of the newest deployment, how much it is called. */
export function AppCard({ app }: { app: App }) {
  const { id, name, description, isPublic, version, deployment, invocations } = app;
  return (
    <Card className="relative grid min-w-0 grid-rows-[auto_1fr_auto] gap-2.5 p-4 transition-colors hover:border-input has-focus-visible:border-ring">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 font-medium [overflow-wrap:anywhere]">
          {/* Its area covers the card, so that all of it can be pressed. */}
          <Link href={`/dashboard/apps/${id}`} className="after:absolute after:inset-0 after:rounded-lg">
            {name}
          </Link>
        </h2>
        <VisibilityBadge isPublic={isPublic} />
      </div>
      <p className="line-clamp-2 text-muted-foreground [overflow-wrap:anywhere]">{description || "No description"}</p>
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_auto] gap-x-3 border-t pt-2.5 text-xs">
        <dt className="text-muted-foreground">Live version</dt>
        <dt className="text-muted-foreground">Last deployment</dt>
        <dt className="text-right text-muted-foreground">Calls, 7 days</dt>
        <dd className="truncate pt-1 font-medium text-sm tabular-nums">{version ?? "None"}</dd>
        <dd className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 pt-1">
          {deployment ? (
            <>
              <DeploymentBadge status={deployment.status} />
              {/* Above the link's area, for the tooltip. */}
              <span className="relative text-muted-foreground">
                <RelativeTime value={deployment.created_at} />
              </span>
            </>
          ) : (
            <span className="text-muted-foreground">Never</span>
          )}
        </dd>
        <dd className="pt-1 text-right font-medium text-sm tabular-nums">{formatCompact(invocations)}</dd>
      </dl>
    </Card>
  );
}
