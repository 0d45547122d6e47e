import type { Metadata } from "next";
import { Badge } from "#components/ui/badge";
import { CodeBlock } from "#components/ui/code-block";
import { EmptyState } from "#components/ui/empty-state";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { getDelivery } from "#lib/webhooks/deliveries/service";
import { requireMember } from "../../../../../../member";
import { Refresh } from "../../../../../refresh";
import { orNotFound } from "../../../app";
import { deliveryWords } from "../../words";
import { AttemptCard } from "./attempt-card";
import { ReplayButton } from "./replay-button";

export const metadata: Metadata = { title: "Delivery" };

const lookMs = 3_000;

type DeliveryPageProps = { params: Promise<{ id: string; webhookId: string; deliveryId: string }> };

export default async function DeliveryPage({ params }: DeliveryPageProps) {
  const [ctx, { id, webhookId, deliveryId }] = await Promise.all([requireMember("agents:read"), params]);
  const { delivery } = await orNotFound(getDelivery(ctx, { type: "agent_app", id }, webhookId, deliveryId));
  const { event, status, payload, attempt_log: attempts } = delivery;
  const base = `/dashboard/apps/${id}/webhooks/${webhookId}`;

  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid min-w-0 gap-2">
        <Link href={base} className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Deliveries of the web hook
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h2 className="font-semibold text-base tracking-tight">{event}</h2>
          <Badge tone={deliveryWords[status].tone}>{deliveryWords[status].label}</Badge>
          <span className="text-muted-foreground text-xs">
            {delivery.next_attempt_at ? (
              <>
                tried next <RelativeTime value={delivery.next_attempt_at} />
              </>
            ) : (
              <>
                made <RelativeTime value={delivery.created_at} />
              </>
            )}
          </span>
          {ctx.actor.scopes.includes("admin:write") ? (
            <span className="ml-auto">
              <ReplayButton target={{ appId: id, id: webhookId, deliveryId }} isDelivered={status === "delivered"} />
            </span>
          ) : null}
        </div>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          Its id, the same in every attempt: <code className="font-mono">{delivery.id}</code>
        </p>
      </div>
      <Section title="Body" description="Exactly what was sent and signed.">
        <CodeBlock label="body" code={payload} className="max-h-96 overflow-y-auto" />
      </Section>
      <Section title="Attempts" description="The newest first.">
        {attempts.length > 0 ? (
          <ol className="grid grid-cols-1 gap-3">
            {attempts.toReversed().map((attempt, index) => (
              <li key={attempt.number} className="min-w-0">
                <AttemptCard attempt={attempt} isOpen={index === 0} />
              </li>
            ))}
          </ol>
        ) : (
          <EmptyState title="Not tried yet" level={3}>
            The first attempt is made at once. This page shows it by itself.
          </EmptyState>
        )}
      </Section>
      <Refresh everyMs={lookMs} />
    </div>
  );
}
