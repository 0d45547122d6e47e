import type { Tone } from "#components/ui/badge";
import type { AuditSettings } from "#lib/audit/schema";

type AuditEvent = AuditSettings["events"][number];
type Severity = "info" | "warning" | "critical";

/** The events that the log may take, in words. A test holds them to the server's. */
export const eventWords: Record<AuditEvent, string> = {
  "agent.spawn": "An agent was spawned",
  "agent.complete": "An agent has completed",
  "agent.fail": "An agent failed or was cancelled",
  "api.key.used": "A key was used",
  "config.change": "Something was changed",
  "security.violation": "Something was refused",
};

export const severityWords: Record<Severity, { tone: Tone; label: string }> = {
  info: { tone: "neutral", label: "Info" },
  warning: { tone: "warning", label: "Warning" },
  critical: { tone: "danger", label: "Critical" },
};

export const levelWords: Record<AuditSettings["log_level"], { label: string; detail: string }> = {
  minimal: { label: "Minimal", detail: "Changes, warnings and critical entries" },
  standard: { label: "Standard", detail: "All chosen events" },
  verbose: { label: "Verbose", detail: "Also reads with a key" },
};
