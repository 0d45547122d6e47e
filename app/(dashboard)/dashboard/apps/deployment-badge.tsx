import { LoaderCircle } from "lucide-react";
import { Badge } from "#components/ui/badge";
import type { DeploymentStatus } from "#lib/deployments/schema";
import { deploymentWords } from "./words";

/** The state of a deployment; it turns while work is being done. */
export function DeploymentBadge({ status }: { status: DeploymentStatus }) {
  const { tone, label } = deploymentWords[status];
  return (
    <Badge tone={tone}>
      {status === "processing" ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {label}
    </Badge>
  );
}
