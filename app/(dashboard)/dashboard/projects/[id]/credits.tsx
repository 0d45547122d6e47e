import { BarChart } from "#components/charts/bar-chart";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { LinkTabs } from "#components/ui/link-tabs";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { CreditAnalysis, WorkSession } from "#lib/work-sessions/schema";
import { formatMinutes, scoreWords, sessionWords } from "../words";

type CreditsProps = {
  analysis: CreditAnalysis;
  /** The newest ones, newest first. */
  sessions: readonly WorkSession[];
  ranges: readonly { href: string; label: string; isCurrent: boolean }[];
};

/** How well the project's sessions use their accounts: figures, what to do better, and the last sessions as a chart. */
export function Credits({ analysis, sessions, ranges }: CreditsProps) {
  const { tone, label } = scoreWords[analysis.efficiency_score];
  const figures = [
    { label: "Sessions", value: formatNumber(analysis.total_sessions) },
    { label: "Credits", value: formatNumber(analysis.total_credits) },
    { label: "Average per session", value: analysis.avg_credits_per_session.toFixed(1) },
    {
      label: "Least and most",
      value: `${formatNumber(analysis.min_credits)} and ${formatNumber(analysis.max_credits)}`,
    },
  ];
  const known = sessions
    .filter(({ status, credits_used }) => status !== "in_progress" || credits_used > 0)
    .toReversed();
  return (
    <Section
      title="Credits"
      description="The credits of your own AI accounts, not those that Baton is paid with."
      actions={<LinkTabs label="Days that are analysed" tabs={ranges} />}
    >
      <Card className="grid grid-cols-1 gap-4 p-4">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-5">
          <div>
            <dt className="text-muted-foreground text-xs">Efficiency</dt>
            <dd>
              <Badge tone={tone}>{label}</Badge>
            </dd>
          </div>
          {figures.map((figure) => (
            <div key={figure.label}>
              <dt className="text-muted-foreground text-xs">{figure.label}</dt>
              <dd className="font-medium text-base tabular-nums">{figure.value}</dd>
            </div>
          ))}
        </dl>
        <ul aria-label="Recommendations" className="grid gap-1 border-t pt-3 text-muted-foreground">
          {analysis.recommendations.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Card>
      {known.length > 0 ? (
        <>
          <Card className="grid grid-cols-1 divide-y lg:grid-cols-2 lg:divide-x lg:divide-y-0">
            <BarChart
              title="Credits"
              per="session"
              tone="first"
              points={known.map(({ session_number, credits_used }) => ({
                label: `#${session_number}`,
                value: credits_used,
              }))}
              summary={`the last ${formatNumber(known.length)}, target 85 to 92`}
            />
            <BarChart
              title="Minutes"
              per="session"
              tone="second"
              points={known.map(({ session_number, duration_minutes }) => ({
                label: `#${session_number}`,
                value: duration_minutes ?? 0,
              }))}
              summary={formatMinutes(known.reduce((sum, one) => sum + (one.duration_minutes ?? 0), 0))}
            />
          </Card>
          <CreditTable sessions={known} />
        </>
      ) : null}
    </Section>
  );
}

function CreditTable({ sessions }: { sessions: readonly WorkSession[] }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
        Show the figures as a table
      </summary>
      <div className="mt-2">
        <Table label="Credits and minutes per session">
          <thead>
            <tr>
              <Th>Session</Th>
              <Th>Account</Th>
              <Th>Status</Th>
              <Th className="text-right">Credits</Th>
              <Th className="text-right">Took</Th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <Tr key={session.id}>
                <Td className="font-medium tabular-nums">#{session.session_number}</Td>
                <Td label="Account" className="[overflow-wrap:anywhere]">
                  {session.account_name}
                </Td>
                <Td label="Status">{sessionWords[session.status].label}</Td>
                <Td label="Credits" className="tabular-nums sm:text-right">
                  {formatNumber(session.credits_used)}
                </Td>
                <Td label="Took" className="tabular-nums sm:text-right">
                  {session.duration_minutes === null ? "–" : formatMinutes(session.duration_minutes)}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}
