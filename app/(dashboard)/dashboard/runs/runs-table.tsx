import { Badge } from "#components/ui/badge";
import { cn } from "#components/ui/cn";
import { formatDuration, formatMicros, formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { RunSort } from "#lib/runs/list-schema";
import type { Run } from "#lib/runs/schema";
import { type RunsQuery, runsHref } from "./query";
import { StatusBadge } from "./status-badge";
import { kindWords, strategyWords } from "./words";

/** The runs of a page of the list. Each leads to its own page. */
export function RunsTable({ runs, query }: { runs: Run[]; query: RunsQuery }) {
  return (
    <Table label="Runs">
      <thead>
        <tr>
          <Th>Run</Th>
          <Th>Status</Th>
          <Th className="text-right">Score</Th>
          <SortTh query={query} sort="tokens">
            Tokens
          </SortTh>
          <SortTh query={query} sort="cost">
            Cost
          </SortTh>
          <SortTh query={query} sort="duration">
            Took
          </SortTh>
          <SortTh query={query} sort="newest">
            When
          </SortTh>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Tr key={run.id}>
            <Td>
              <span className="grid min-w-0">
                <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                  <Link
                    href={`/dashboard/runs/${run.id}`}
                    className="truncate rounded-sm font-medium underline-offset-4 hover:underline"
                  >
                    {run.model ?? "Chosen by Baton"}
                    <span className="sr-only">, open the run</span>
                  </Link>
                  {run.simulated ? <Badge tone="warning">Simulated</Badge> : null}
                </span>
                <span className="text-muted-foreground text-xs">
                  {kindWords[run.kind]}, {strategyWords[run.strategy].toLowerCase()}
                </span>
              </span>
            </Td>
            <Td label="Status">
              <span className="grid justify-items-start gap-0.5">
                <StatusBadge status={run.status} />
                {run.errorMessage && run.status === "failed" ? (
                  <span className="line-clamp-2 max-w-72 text-destructive text-xs [overflow-wrap:anywhere]">
                    {run.errorMessage}
                  </span>
                ) : null}
              </span>
            </Td>
            <Td label="Score" className="tabular-nums sm:text-right">
              {run.score === null ? "–" : run.score.toFixed(1)}
            </Td>
            <Td label="Tokens" className="tabular-nums sm:text-right">
              {formatNumber(run.inputTokens + run.outputTokens)}
            </Td>
            <Td label="Cost" className="tabular-nums sm:text-right">
              {formatMicros(run.costMicros)}
            </Td>
            <Td label="Took" className="tabular-nums sm:text-right">
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

type SortThProps = { query: RunsQuery; sort: Exclude<RunSort, "oldest">; children: string };

/** A head that sorts by its column; a second press on the time turns it round. */
function SortTh({ query, sort, children }: SortThProps) {
  const current = query.filter.sort;
  const isCurrent = current === sort || (sort === "newest" && current === "oldest");
  const next = sort === "newest" && current === "newest" ? "oldest" : sort;
  const ariaSort = current === "oldest" ? "ascending" : "descending";
  return (
    <Th className="text-right" aria-sort={isCurrent ? ariaSort : undefined}>
      <Link
        href={runsHref(query, { sort: next })}
        scroll={false}
        className={cn("rounded-sm hover:text-foreground", isCurrent && "text-foreground")}
      >
        {children}
        <span aria-hidden>{isCurrent ? (current === "oldest" ? " ↑" : " ↓") : ""}</span>
      </Link>
    </Th>
  );
}
