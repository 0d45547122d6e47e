import { CircleCheck } from "lucide-react";
import { Alert } from "#components/ui/alert";
import { Badge, type Tone } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Progress } from "#components/ui/progress";
import { Section } from "#components/ui/section";
import type { OrchestratorStatus } from "#lib/orchestrator/schema";
import { plural } from "../apps/words";
import { providerTitles, strategyWords } from "./words";

/** What is unusual about the use, by the server's rules. */
export function Anomalies({ anomalies }: { anomalies: OrchestratorStatus["usage_anomalies"]["anomalies"] }) {
  return (
    <Section title="Anomalies" description="The last hour and the last 24 hours.">
      {anomalies.length === 0 ? (
        <Card className="flex items-center gap-2 p-4 text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
          Nothing unusual: no spike, no model that does everything, no wave of errors.
        </Card>
      ) : (
        <ul aria-label="Anomalies" className="grid gap-2">
          {anomalies.map(({ type, severity, message, value, threshold }) => (
            <li key={type}>
              <Alert tone={severity === "critical" ? "danger" : "warning"}>
                {message}
                <span className="block text-xs">
                  {type.replaceAll("_", " ")}: {value}, told from {threshold} on
                </span>
              </Alert>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const parts: { name: "primary" | "secondary" | "restricted"; label: string; tone: Tone }[] = [
  { name: "primary", label: "First", tone: "success" },
  { name: "secondary", label: "Then", tone: "neutral" },
  { name: "restricted", label: "Keep away from", tone: "warning" },
];

/** Which models to use now. Spawns without a model and `auto` of the gateway obey it. */
export function MixAdvice({ mix }: { mix: OrchestratorStatus["model_mix_recommendation"] }) {
  return (
    <Section title="Model mix" description="What automatic choices obey at the moment.">
      <Card className="grid content-start gap-3 p-4">
        <p>
          <span className="font-medium">{strategyWords[mix.strategy] ?? mix.strategy}.</span>{" "}
          <span className="text-muted-foreground">{mix.reason}.</span>
        </p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          {parts.map(({ name, label, tone }) => (
            <div key={name} className="contents">
              <dt className="text-muted-foreground">{label}</dt>
              <dd className="flex flex-wrap gap-1.5">
                {mix[name].length === 0
                  ? "–"
                  : mix[name].map((model) => (
                      <Badge key={model} tone={tone}>
                        {model}
                      </Badge>
                    ))}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </Section>
  );
}

/** How close the organization is to what providers may be called in an hour. */
export function Providers({ usage }: { usage: OrchestratorStatus["provider_usage"] }) {
  return (
    <Section title="Provider limits" description="Calls in this hour of the clock.">
      <Card className="grid content-start gap-4 p-4">
        {Object.entries(usage).map(([provider, { current, hourly, remaining, utilization_pct }]) => (
          <div key={provider} className="grid gap-1.5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium">{providerTitles[provider] ?? provider}</span>
              <span className="flex items-center gap-2 text-muted-foreground text-xs tabular-nums">
                {utilization_pct >= 80 ? <Badge tone="warning">Hot</Badge> : null}
                {formatNumber(current)} of {formatNumber(hourly)}, {plural(remaining, "call")} left
              </span>
            </p>
            <Progress
              label={`Calls to ${providerTitles[provider] ?? provider}`}
              value={Math.min(current, hourly)}
              max={Math.max(1, hourly)}
            />
          </div>
        ))}
      </Card>
    </Section>
  );
}
