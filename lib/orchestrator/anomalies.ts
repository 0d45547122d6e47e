import type { HourFigures, ModelUse } from "#lib/orchestrator/queries";
import { quotient } from "#lib/pricing/decimal";

export type Anomaly = {
  type: "spend_spike" | "model_concentration" | "error_rate" | "cost_spike";
  severity: "warning" | "critical";
  message: string;
  value: number;
  threshold: number;
};

const dollar = 1_000_000;
const spikeTimes = 3;
const spikeFrom = dollar;
const criticalFrom = 100 * dollar;
const sharePercent = 80;
const errorPercent = 20;
const sampleMin = 20;

const money = (micros: number) => quotient(micros, dollar, 4);

function spendSpike({ lastHourMicros, dayBeforeMicros }: HourFigures): Anomaly[] {
  const isSpike = lastHourMicros > spikeFrom && lastHourMicros * 24 > spikeTimes * dayBeforeMicros;
  const isCritical = lastHourMicros > criticalFrom;
  if (!isSpike && !isCritical) return [];
  const value = money(lastHourMicros);
  if (isCritical) {
    const message = `$${value} was spent within the last hour.`;
    return [{ type: "cost_spike", severity: "critical", message, value, threshold: criticalFrom / dollar }];
  }
  const threshold = Math.max(spikeFrom / dollar, quotient(spikeTimes * dayBeforeMicros, 24 * dollar, 4));
  const message = `$${value} was spent within the last hour, more than ${spikeTimes} times the hourly mean of the day before.`;
  return [{ type: "spend_spike", severity: "warning", message, value, threshold }];
}

function concentration(use: readonly ModelUse[]): Anomaly[] {
  const calls = use.reduce((sum, one) => sum + one.calls, 0);
  const most = use[0];
  if (!most || calls < sampleMin || most.calls * 100 <= calls * sharePercent) return [];
  const value = quotient(most.calls * 100, calls, 2);
  const message = `${most.model} made ${value}% of the ${calls} calls of the last 24 hours.`;
  return [{ type: "model_concentration", severity: "warning", message, value, threshold: sharePercent }];
}

function errors({ runs, failedRuns }: HourFigures): Anomaly[] {
  if (runs < sampleMin || failedRuns * 100 <= runs * errorPercent) return [];
  const value = quotient(failedRuns * 100, runs, 2);
  const message = `${failedRuns} of ${runs} runs of the last hour failed.`;
  return [{ type: "error_rate", severity: "warning", message, value, threshold: errorPercent }];
}

/** What is unusual about an organization's use (contract A2). Money in dollars, shares in percent. */
export function findAnomalies(use: readonly ModelUse[], hour: HourFigures) {
  const anomalies = [...spendSpike(hour), ...concentration(use), ...errors(hour)];
  const isCritical = anomalies.some(({ severity }) => severity === "critical");
  const severity = isCritical ? "critical" : anomalies.length > 0 ? "warning" : "none";
  return { has_anomalies: anomalies.length > 0, anomalies, count: anomalies.length, severity } as const;
}
