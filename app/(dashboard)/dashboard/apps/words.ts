import type { Tone } from "#components/ui/badge";
import type { DeploymentStatus, StepName } from "#lib/deployments/schema";
import type { Package } from "#lib/packages/schema";

// Lists and prices of their own: the schema's would bring all of Zod into the browser. A test holds them together.
export const deploymentStatuses = [
  "queued",
  "processing",
  "completed",
  "failed",
  "cancelled",
] as const satisfies DeploymentStatus[];

const mb = 1024 * 1024;
export const packageBytesMax = 100 * mb;

/** What a deployment of so many bytes costs in credits: one for each begun MB. */
export const deploymentCredits = (bytes: number) => Math.max(1, Math.ceil(bytes / mb));

/** What a call of a deployed app costs in credits. */
export const invocationCredits = 10;

export const deploymentWords: Record<DeploymentStatus, { tone: Tone; label: string }> = {
  queued: { tone: "neutral", label: "Queued" },
  processing: { tone: "accent", label: "Deploying" },
  completed: { tone: "success", label: "Completed" },
  failed: { tone: "danger", label: "Failed" },
  cancelled: { tone: "neutral", label: "Cancelled" },
};

export const isUnderWay = (status: DeploymentStatus) => status === "queued" || status === "processing";

export const stepWords: Record<StepName, string> = {
  validate_package: "Validate the package",
  upload_to_s3: "Check the stored file",
  generate_metadata: "Read what it is",
  notify_runtime: "Hand it to the runtime",
  finalize: "Make it live",
};

export const signatureWords: Record<Package["signature"], { tone: Tone; label: string; explained: string }> = {
  none: { tone: "neutral", label: "Unsigned", explained: "It came without a signature." },
  unchecked: {
    tone: "warning",
    label: "Not checked",
    explained: "It has a signature, but the app had no key to check it with.",
  },
  verified: { tone: "success", label: "Verified", explained: "Its signature was checked with a key of the app." },
};

/** Bytes as `812 B`, `4.2 KB` or `12 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] = bytes < mb ? [bytes / 1024, "KB"] : [bytes / mb, "MB"];
  return `${size.toFixed(size < 10 ? 1 : 0)} ${unit}`;
}

export const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
