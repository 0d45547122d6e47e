import type { Metadata } from "next";
import { Alert } from "#components/ui/alert";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Link } from "#components/ui/link";
import { LinkTabs } from "#components/ui/link-tabs";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { listDeliveries } from "#lib/webhooks/deliveries/service";
import { getWebhook } from "#lib/webhooks/register/service";
import { type SearchParams, single } from "../../../../../../search-params";
import { requireMember } from "../../../../../member";
import { Refresh } from "../../../../refresh";
import { pageIn } from "../../../../usage/query";
import { orNotFound } from "../../app";
import { deliveryStatuses, deliveryWords } from "../words";
import { DeliveryTable } from "./delivery-table";
import { WebhookActions } from "./webhook-actions";
import { WebhookFacts } from "./webhook-facts";

export const metadata: Metadata = { title: "Web hook" };

const rowsPerPage = 20;
const busyMs = 2_000;
const idleMs = 10_000;

type WebhookPageProps = { params: Promise<{ id: string; webhookId: string }>; searchParams: SearchParams };

export default async function WebhookPage({ params, searchParams }: WebhookPageProps) {
  const [ctx, { id, webhookId }, query] = await Promise.all([requireMember("agents:read"), params, searchParams]);
  const register = { type: "agent_app" as const, id };
  const status = deliveryStatuses.find((each) => each === single(query.status));
  const page = pageIn(query.page);
  const [{ webhook }, { deliveries, has_more }] = await orNotFound(
    Promise.all([
      getWebhook(ctx, register, webhookId),
      listDeliveries(ctx, register, webhookId, {
        limit: rowsPerPage,
        offset: (page - 1) * rowsPerPage,
        ...(status && { status }),
      }),
    ]),
  );
  const isAdmin = ctx.actor.scopes.includes("admin:write");
  // What is due within moments; a retry that is hours away is no reason to look every two seconds.
  const isBusy = deliveries.some((delivery) => delivery.status === "pending" && delivery.attempts === 0);
  const base = `/dashboard/apps/${id}/webhooks/${webhookId}`;
  const hrefOf = (nextStatus: string | undefined, nextPage = 1) => {
    const next = new URLSearchParams({
      ...(nextStatus && { status: nextStatus }),
      ...(nextPage > 1 && { page: String(nextPage) }),
    });
    return next.size > 0 ? `${base}?${next}` : base;
  };

  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid min-w-0 gap-2">
        <Link
          href={`/dashboard/apps/${id}/webhooks`}
          className="w-fit text-muted-foreground text-xs hover:text-foreground"
        >
          Web hooks
        </Link>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <h2 className="min-w-0 font-semibold text-base tracking-tight [overflow-wrap:anywhere]">{webhook.url}</h2>
          {isAdmin ? <WebhookActions appId={id} webhook={webhook} /> : null}
        </div>
        {webhook.disabled_reason && webhook.disabled_reason !== "manual" ? (
          <Alert tone="danger">
            {webhook.disabled_reason === "gone"
              ? "The address answered 410, which means that it is gone. Nothing is sent there any more."
              : "Nothing arrived for five days, so it was switched off."}{" "}
            Put it right, switch it on, and send again what failed.
          </Alert>
        ) : null}
        <WebhookFacts webhook={webhook} />
      </div>
      <Section
        title="Deliveries"
        description="Kept for 30 days. A failed one is tried again after 5 s, 5 min, 30 min, 2 h, 5 h and twice 10 h."
        actions={
          <LinkTabs
            label="Status"
            tabs={[undefined, ...deliveryStatuses].map((each) => ({
              href: hrefOf(each),
              label: each ? deliveryWords[each].label : "All",
              isCurrent: each === status,
            }))}
          />
        }
      >
        {deliveries.length > 0 ? (
          <DeliveryTable base={base} deliveries={deliveries} />
        ) : status || page > 1 ? (
          <EmptyState
            title="No delivery matches"
            level={3}
            action={<ButtonLink href={base}>Clear the filter</ButtonLink>}
          >
            {status ? `None is marked “${deliveryWords[status].label}”.` : "There is nothing this old."}
          </EmptyState>
        ) : (
          <EmptyState title="Nothing was sent yet" level={3}>
            Send a test event, or deploy something: each call is listed here with what was answered.
          </EmptyState>
        )}
        <Pager label="Pages of the deliveries" page={page} hasNext={has_more} hrefOf={(next) => hrefOf(status, next)} />
      </Section>
      <Refresh key={String(isBusy)} everyMs={isBusy ? busyMs : idleMs} />
    </div>
  );
}
