import { Badge, type Tone } from "#components/ui/badge";
import { EmptyState } from "#components/ui/empty-state";
import { formatDuration, formatNumber } from "#components/ui/format";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Invocation } from "#lib/runtime/invocations/schema";

const states: Record<Invocation["status"], { tone: Tone; label: string }> = {
  queued: { tone: "neutral", label: "Queued" },
  running: { tone: "accent", label: "Running" },
  completed: { tone: "success", label: "Completed" },
  failed: { tone: "danger", label: "Failed" },
  cancelled: { tone: "neutral", label: "Cancelled" },
};

/** The newest calls of an app. */
export function CallTable({ calls }: { calls: Invocation[] }) {
  if (calls.length === 0) {
    return (
      <EmptyState title="No calls yet" level={3}>
        Calls from here and from programs are listed with what they answered and cost.
      </EmptyState>
    );
  }
  return (
    <Table label="Newest calls">
      <thead>
        <tr>
          <Th>Answer</Th>
          <Th>Status</Th>
          <Th>Version</Th>
          <Th className="text-right">Tokens</Th>
          <Th className="text-right">Credits</Th>
          <Th className="text-right">Took</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <Tr key={call.run_id}>
            <Td className="sm:w-2/5">
              <span className={call.error ? "line-clamp-2 text-destructive" : "line-clamp-2 [overflow-wrap:anywhere]"}>
                {call.error?.message ?? call.output ?? <span className="text-muted-foreground">On its way</span>}
              </span>
            </Td>
            <Td label="Status">
              <span className="flex flex-wrap gap-1">
                <Badge tone={states[call.status].tone}>{states[call.status].label}</Badge>
                {call.simulated ? <Badge tone="warning">Simulated</Badge> : null}
              </span>
            </Td>
            <Td label="Version" className="tabular-nums">
              {call.package_version}
            </Td>
            <Td label="Tokens" className="tabular-nums sm:text-right">
              {formatNumber(call.input_tokens + call.output_tokens)}
            </Td>
            <Td label="Credits" className="tabular-nums sm:text-right">
              {formatNumber(call.credits_used)}
            </Td>
            <Td label="Took" className="tabular-nums sm:text-right">
              {call.completed_at ? formatDuration(Date.parse(call.completed_at) - Date.parse(call.created_at)) : "–"}
            </Td>
            <Td label="When" className="text-muted-foreground sm:text-right">
              <RelativeTime value={call.created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
