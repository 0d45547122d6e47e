import { Card } from "#components/ui/card";
import { formatMicros, formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { StoredQuote } from "#lib/pricing/quotes/schema";
import type { Attempt } from "#lib/pricing/realised/queries";
import { Refresh } from "../../../refresh";
import { StatusBadge } from "../../../runs/status-badge";
import { isUnderWay } from "../../../runs/words";
import { formatPercent } from "../../money";
import { SpawnCommand } from "./spawn-command";

const microsPerDollar = 1_000_000;

/** The runs that were done under the quote, what they really cost, and the margin that was left. */
export function Attempts({ stored, attempts }: { stored: StoredQuote; attempts: Attempt[] }) {
  const { quote } = stored;
  const isOpen = attempts.some(
    ({ status, inputTokens }) => inputTokens === null && status !== null && isUnderWay(status),
  );
  // What has ended without a cost had a call whose price nobody knows.
  const isUnknown = attempts.some(({ costMicros, inputTokens }) => inputTokens !== null && costMicros === null);
  const micros = attempts.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0);
  const price = quote.recommended_price * microsPerDollar;
  return (
    <div className="print:hidden">
      {isOpen ? <Refresh /> : null}
      <Section
        title="Work under this quote"
        description={
          isUnknown
            ? "The price of a model that worked on it is not known, and so its realised margin is not either."
            : attempts.length > 0
              ? `${formatMicros(micros)} of ${formatMicros(price)} spent so far. Realised margin ${formatPercent(((price - micros) / price) * 100)}, quoted ${formatPercent(quote.gross_margin_pct)}.`
              : "Start the work with the quote's id: it may use at most the quoted tokens, and its cost is written here."
        }
      >
        {attempts.length > 0 ? <AttemptTable attempts={attempts} /> : <HowToStart stored={stored} />}
      </Section>
    </div>
  );
}

function HowToStart({ stored: { quote, quote_id } }: { stored: StoredQuote }) {
  if (quote.model === "minimax-m2.5")
    return (
      <Card className="p-4 text-muted-foreground">
        Agents work with k2p5, sonnet and opus only. Call an app or start an orchestration under this quote.
      </Card>
    );
  return <SpawnCommand quoteId={quote_id} model={quote.model} />;
}

function AttemptTable({ attempts }: { attempts: Attempt[] }) {
  return (
    <Table label="Runs under this quote">
      <thead>
        <tr>
          <Th>Run</Th>
          <Th>Status</Th>
          <Th className="text-right">Tokens</Th>
          <Th className="text-right">Cost</Th>
          <Th className="text-right">Started</Th>
        </tr>
      </thead>
      <tbody>
        {attempts.map(({ runId, status, costMicros, inputTokens, outputTokens, attachedAt }) => (
          <Tr key={runId}>
            <Td className="font-mono text-xs [overflow-wrap:anywhere]">
              {status ? (
                <Link href={`/dashboard/runs/${runId}`} className="rounded-sm underline-offset-4 hover:underline">
                  {runId}
                </Link>
              ) : (
                runId
              )}
            </Td>
            <Td label="Status">
              <span>{status ? <StatusBadge status={status} /> : "Deleted"}</span>
            </Td>
            <Td label="Tokens" className="tabular-nums sm:text-right">
              {inputTokens === null ? "–" : formatNumber(inputTokens + (outputTokens ?? 0))}
            </Td>
            <Td label="Cost" className="tabular-nums sm:text-right">
              {inputTokens === null ? "–" : costMicros === null ? "Unknown" : formatMicros(costMicros)}
            </Td>
            <Td label="Started" className="text-muted-foreground sm:text-right">
              <RelativeTime value={attachedAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
