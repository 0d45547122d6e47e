import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { RelativeTime } from "#components/ui/relative-time";
import type { Webhook } from "#lib/webhooks/schema";
import { stateOf } from "../words";

/** What a web hook is told, how it is signed, and whether it works. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { events, signed, previous_secret_expires_at: overlap, rate_per_minute, failing_since, description } = webhook;
  const { tone, label } = stateOf(webhook);
  const facts: { label: string; value: ReactNode }[] = [
    {
      label: "State",
      value: (
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone={tone}>{label}</Badge>
          {failing_since ? (
            <span className="text-muted-foreground text-xs">
              failing since <RelativeTime value={failing_since} />
            </span>
          ) : null}
        </span>
      ),
    },
    { label: "Events", value: events.join(", ") },
    {
      label: "Signature",
      value: overlap ? (
        <>
          With two secrets; the old one stops <RelativeTime value={overlap} />
        </>
      ) : signed ? (
        "With its secret"
      ) : (
        "None"
      ),
    },
    { label: "At most", value: `${rate_per_minute} calls a minute` },
    ...(description ? [{ label: "Description", value: description }] : []),
  ];
  return (
    <Card className="p-4">
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        {facts.map(({ label: name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
