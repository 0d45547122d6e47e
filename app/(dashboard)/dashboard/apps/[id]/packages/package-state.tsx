import { Badge, type Tone } from "#components/ui/badge";
import type { Package } from "#lib/packages/schema";

const states: Record<Package["status"], { tone: Tone; label: string }> = {
  uploaded: { tone: "neutral", label: "Not deployed" },
  uploading: { tone: "accent", label: "Deploying" },
  deployed: { tone: "neutral", label: "Was live" },
  failed: { tone: "danger", label: "Failed to deploy" },
};

/** What became of a package. */
export function PackageState({ status, isLive }: { status: Package["status"]; isLive: boolean }) {
  const { tone, label } = isLive ? { tone: "success" as const, label: "Live" } : states[status];
  return (
    <span>
      <Badge tone={tone}>{label}</Badge>
    </span>
  );
}
