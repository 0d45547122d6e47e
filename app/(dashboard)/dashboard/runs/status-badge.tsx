import { LoaderCircle } from "lucide-react";
import { Badge } from "#components/ui/badge";
import type { RunStatus } from "#lib/runs/schema";
import { statusWords } from "./words";

/** How a run stands. */
export function StatusBadge({ status }: { status: RunStatus }) {
  const { tone, label } = statusWords[status];
  return (
    <Badge tone={tone}>
      {status === "running" ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {label}
    </Badge>
  );
}
