import { Card } from "#components/ui/card";
import { Section } from "#components/ui/section";
import type { SystemStats } from "#lib/orchestrator/schema";

/** The machine that this instance runs on. */
export function HostPanel({ stats }: { stats: SystemStats }) {
  const facts = [
    ["Load average", String(stats.load_average)],
    ["Memory in use", `${stats.memory_usage} %`],
    ["Disk free", stats.disk_free],
    ["Uptime", stats.uptime],
    ["Temperature", stats.cpu_temp === null ? "No sensor" : `${stats.cpu_temp} °C`],
  ];
  return (
    <Section title="Host" description="The machine that answers now.">
      <Card className="p-4">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
          {facts.map(([label, value]) => (
            <div key={label} className="grid">
              <dt className="text-muted-foreground text-xs">{label}</dt>
              <dd className="font-medium tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </Section>
  );
}
