import { Activity } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { formatDuration, formatMicros, formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Run } from "#lib/runs/schema";
import { StatusBadge } from "./runs/status-badge";

/** The newest runs with what they used. */
export function RunTable({ runs }: { runs: Run[] }) {
  if (runs.length === 0) {
    return (
      <EmptyState
        icon={<Activity aria-hidden />}
        title="No runs yet"
        level={3}
        action={<ButtonLink href="/dashboard/playground">Open the playground</ButtonLink>}
      >
        Every call of a model is listed here with its tokens, cost and time. Send one from the playground or with a key.
      </EmptyState>
    );
  }
  return (
    <Table label="Recent runs">
      <thead>
        <tr>
          <Th>Model</Th>
          <Th>Status</Th>
          <Th className="text-right">Tokens in</Th>
          <Th className="text-right">Tokens out</Th>
          <Th className="text-right">Cost</Th>
          <Th className="text-right">Latency</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Tr key={run.id}>
            <Td>
              <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                <Link
                  href={`/dashboard/runs/${run.id}`}
                  className="truncate rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {run.model ?? "Chosen by Baton"}
                </Link>
                <span className="text-muted-foreground text-xs">{run.kind}</span>
                {run.simulated ? <Badge tone="warning">Simulated</Badge> : null}
              </span>
            </Td>
            <Td label="Status">
              <span className="grid justify-items-start gap-0.5">
                <StatusBadge status={run.status} />
                {run.errorMessage ? (
                  <span className="line-clamp-2 max-w-72 text-destructive text-xs">{run.errorMessage}</span>
                ) : null}
              </span>
            </Td>
            <Td label="Tokens in" className="tabular-nums sm:text-right">
              {formatNumber(run.inputTokens)}
            </Td>
            <Td label="Tokens out" className="tabular-nums sm:text-right">
              {formatNumber(run.outputTokens)}
            </Td>
            <Td label="Cost" className="tabular-nums sm:text-right">
              {formatMicros(run.costMicros)}
            </Td>
            <Td label="Latency" className="tabular-nums sm:text-right">
              {run.completedAt ? formatDuration(Date.parse(run.completedAt) - Date.parse(run.createdAt)) : "–"}
            </Td>
            <Td label="When" className="text-muted-foreground sm:text-right">
              <RelativeTime value={run.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
