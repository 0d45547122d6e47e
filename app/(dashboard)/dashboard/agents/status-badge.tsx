import { LoaderCircle } from "lucide-react";
import { Badge } from "#components/ui/badge";
import type { AgentStatus } from "#lib/agents/fields";
import { statusWords } from "./words";

/** How an agent stands. */
export function AgentBadge({ status }: { status: AgentStatus }) {
  const { tone, label } = statusWords[status];
  return (
    <Badge tone={tone}>
      {status === "running" ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {label}
    </Badge>
  );
}
