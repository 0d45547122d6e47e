import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { formatMicros, formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { listModelScores } from "#lib/orchestration/models";

type Scores = Awaited<ReturnType<typeof listModelScores>>;

/** How the organization's own orchestrations judged each model, domain by domain, the best first. */
export function ScoreTable({ scores }: { scores: Scores }) {
  if (scores.length === 0) {
    return (
      <EmptyState
        title="Nothing is measured yet"
        level={3}
        action={<ButtonLink href="/dashboard/playground?mode=orchestrate">Start an orchestration</ButtonLink>}
      >
        Each orchestration judges its models' answers. From five judged answers of a domain on, they decide who is asked
        first.
      </EmptyState>
    );
  }
  return (
    <Table label="Measured scores">
      <thead>
        <tr>
          <Th>Domain</Th>
          <Th>Model</Th>
          <Th>Score</Th>
          <Th className="text-right">Judged answers</Th>
          <Th className="text-right">Answers</Th>
          <Th className="text-right">Tokens</Th>
          <Th className="text-right">Cost</Th>
        </tr>
      </thead>
      <tbody>
        {scores.map(({ domain, model, average, scored, calls, tokens, micros }) => (
          <Tr key={`${domain} ${model}`}>
            <Td label="Domain">{domain}</Td>
            <Td label="Model" className="font-medium">
              {model}
            </Td>
            <Td label="Score">
              <Score average={average} />
            </Td>
            <Figure label="Judged" value={formatNumber(scored)} />
            <Figure label="Answers" value={formatNumber(calls)} />
            <Figure label="Tokens" value={formatNumber(tokens)} />
            <Figure label="Cost" value={formatMicros(micros)} />
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Score({ average }: { average: number | null }) {
  if (average === null) return <span className="text-muted-foreground">not judged</span>;
  return (
    <span className="flex items-center gap-2 tabular-nums">
      <span className="w-8 font-medium">{average.toFixed(1)}</span>
      <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-full bg-muted">
        <span className="block h-full bg-primary" style={{ width: `${average * 10}%` }} />
      </span>
    </span>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <Td label={label} className="tabular-nums sm:text-right">
      {value}
    </Td>
  );
}
