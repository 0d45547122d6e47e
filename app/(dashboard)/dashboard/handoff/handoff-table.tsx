import { Badge } from "#components/ui/badge";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Handoff } from "#lib/handoff/schema";
import { kindWords, levelWords, zoned } from "../projects/words";

type HandoffTableProps = { handoffs: readonly Handoff[]; withProject?: boolean };

/** Hand-overs, newest first. Each leads to its briefing and the original. */
export function HandoffTable({ handoffs, withProject = true }: HandoffTableProps) {
  return (
    <Table label="Hand-overs">
      <thead>
        <tr>
          <Th>Hand-over</Th>
          {withProject ? <Th>Project</Th> : null}
          <Th>Accounts</Th>
          <Th className="text-right">Lines</Th>
          <Th className="text-right">Left out</Th>
          <Th className="text-right">Recall</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {handoffs.map((handoff) => (
          <Tr key={handoff.id}>
            <Td>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link
                  href={`/dashboard/handoff/${handoff.id}`}
                  className="rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {kindWords[handoff.kind]} {handoff.id}
                </Link>
                {handoff.level ? <Badge>{levelWords[handoff.level]}</Badge> : null}
                {handoff.mode === "verified" ? <Badge tone="success">Verified</Badge> : null}
              </span>
            </Td>
            {withProject ? (
              <Td label="Project" className="[overflow-wrap:anywhere] sm:max-w-56">
                <Link
                  href={`/dashboard/projects/${handoff.project_id}`}
                  className="rounded-sm underline-offset-4 hover:underline"
                >
                  {handoff.project_name}
                </Link>
              </Td>
            ) : null}
            <Td label="Accounts" className="text-muted-foreground [overflow-wrap:anywhere] sm:max-w-56">
              {accountsOf(handoff)}
            </Td>
            <Td label="Lines" className="whitespace-nowrap tabular-nums sm:text-right">
              {handoff.stats
                ? `${formatNumber(handoff.stats.original_lines)} → ${formatNumber(handoff.stats.compressed_lines)}`
                : "–"}
            </Td>
            <Td label="Left out" className="tabular-nums sm:text-right">
              {handoff.stats ? `${handoff.stats.compression_ratio} %` : "–"}
            </Td>
            <Td label="Recall" className="tabular-nums sm:text-right">
              {handoff.verification ? `${Math.round(handoff.verification.recall * 100)} %` : "–"}
            </Td>
            <Td label="When" className="text-muted-foreground sm:text-right">
              <RelativeTime value={zoned(handoff.created_at)} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function accountsOf({ from_account_name: from, to_account_name: to, session_number: number }: Handoff): string {
  const names = [from, to].filter((name) => name !== null).join(" → ");
  const session = number === null ? "" : `session ${number}`;
  return [names, session].filter(Boolean).join(", ") || "–";
}
