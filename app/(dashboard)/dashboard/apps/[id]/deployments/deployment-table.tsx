import { Badge } from "#components/ui/badge";
import { formatDuration, formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { HistoryRow } from "#lib/deployments/history-queries";
import { DeploymentBadge } from "../../deployment-badge";
import { CancelButton } from "./cancel-button";

/** Deployments of an app with who asked for them, how long they took and what they cost. */
export function DeploymentTable({ appId, deployments }: { appId: string; deployments: HistoryRow[] }) {
  return (
    <Table label="Deployments">
      <thead>
        <tr>
          <Th>Version</Th>
          <Th>Status</Th>
          <Th>Asked for by</Th>
          <Th className="text-right">Took</Th>
          <Th className="text-right">Credits</Th>
          <Th className="text-right">When</Th>
          <Th className="w-24">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {deployments.map((row) => (
          <Tr key={row.id}>
            <Td>
              <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                <Link
                  href={`/dashboard/apps/${appId}/deployments/${row.id}`}
                  className="font-medium tabular-nums underline decoration-foreground/25 underline-offset-4 hover:decoration-foreground"
                >
                  {row.version}
                </Link>
                {row.isCurrent ? <Badge tone="success">Live</Badge> : null}
              </span>
            </Td>
            <Td label="Status">
              <span className="grid justify-items-start gap-0.5">
                <DeploymentBadge status={row.status} />
                {row.error && row.status === "failed" ? (
                  <span className="line-clamp-2 max-w-72 text-destructive text-xs [overflow-wrap:anywhere]">
                    {row.error}
                  </span>
                ) : null}
              </span>
            </Td>
            <Td label="Asked for by" className="max-w-56 truncate">
              {row.keyName
                ? `Key ${row.keyName}`
                : (row.email ?? <span className="text-muted-foreground">Unknown</span>)}
            </Td>
            <Td label="Took" className="tabular-nums sm:text-right">
              {row.startedAt && row.completedAt
                ? formatDuration(Date.parse(row.completedAt) - Date.parse(row.startedAt))
                : "–"}
            </Td>
            <Td label="Credits" className="tabular-nums sm:text-right">
              {formatNumber(row.costCredits)}
            </Td>
            <Td label="When" className="text-muted-foreground sm:text-right">
              <RelativeTime value={row.createdAt} />
            </Td>
            <Td className="sm:text-right">
              {row.status === "queued" ? <CancelButton id={row.id} version={row.version} /> : null}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
