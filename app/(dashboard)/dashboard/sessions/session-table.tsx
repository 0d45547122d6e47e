import { Badge } from "#components/ui/badge";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Session } from "#lib/orchestration/schema";
import { formatDollars, sessionWords, zoned } from "./words";

/** Sessions with whose they are and what they spent of their limit. */
export function SessionTable({ sessions }: { sessions: Session[] }) {
  return (
    <Table label="Sessions">
      <thead>
        <tr>
          <Th>Session</Th>
          <Th>Status</Th>
          <Th>Models</Th>
          <Th className="text-right">Rounds at most</Th>
          <Th className="text-right">Spent</Th>
          <Th className="text-right">Opened</Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <Tr key={session._id}>
            <Td>
              <span className="grid min-w-0">
                <Link
                  href={`/dashboard/sessions/${session._id}`}
                  className="w-fit max-w-full truncate rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {session.user_id}
                </Link>
                <span className="font-mono text-muted-foreground text-xs">{session._id}</span>
              </span>
            </Td>
            <Td label="Status">
              <span>
                <Badge tone={sessionWords[session.status].tone}>{sessionWords[session.status].label}</Badge>
              </span>
            </Td>
            <Td label="Models" className="[overflow-wrap:anywhere]">
              {session.settings.preferred_models.join(", ") || <span className="text-muted-foreground">any</span>}
            </Td>
            <Td label="Rounds" className="tabular-nums sm:text-right">
              {session.max_iterations}
            </Td>
            <Td label="Spent" className="tabular-nums sm:text-right">
              {formatDollars(session.total_cost)}
              <span className="text-muted-foreground">
                {session.settings.cost_limit === null
                  ? ", no limit"
                  : ` of ${formatDollars(session.settings.cost_limit)}`}
              </span>
            </Td>
            <Td label="Opened" className="text-muted-foreground sm:text-right">
              <RelativeTime value={zoned(session.created_at)} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
