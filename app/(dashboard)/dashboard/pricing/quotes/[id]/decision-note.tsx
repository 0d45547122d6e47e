import { Alert } from "#components/ui/alert";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import type { DecisionState, StoredDecision } from "#lib/pricing/decisions/schema";
import { StateBadge } from "../../badges";

const words: Record<DecisionState, { tone: "info" | "warning"; text: string }> = {
  approved: { tone: "info", text: "The guard-rail is met: the quote can be sent." },
  waiting: { tone: "warning", text: "It misses its guard-rail and waits at the deal desk." },
  excepted: { tone: "info", text: "It misses its guard-rail and was approved as an exception: the quote can be sent." },
  declined: { tone: "warning", text: "The deal desk declined it: the quote is not to be sent." },
};

/** What was decided on the quote, and where that leads. */
export function DecisionNote({ decision: { state, decision, resolved_at } }: { decision: StoredDecision }) {
  return (
    <div className="print:hidden">
      <Alert tone={words[state].tone}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <StateBadge state={state} /> {words[state].text}
          {state === "waiting" ? (
            <Link href="/dashboard/pricing/decisions" className="font-medium underline underline-offset-4">
              To the deal desk
            </Link>
          ) : null}
          {state === "excepted" ? (
            <Link href="/dashboard/pricing/exceptions" className="font-medium underline underline-offset-4">
              To the exceptions
            </Link>
          ) : null}
        </span>
        <span className="block text-xs">
          Decided by {decision.approver}, <RelativeTime value={resolved_at ?? decision.generated_at} />.
        </span>
      </Alert>
    </div>
  );
}
