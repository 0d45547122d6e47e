import { Webhook } from "lucide-react";
import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state";
import { Section } from "#components/ui/section";
import { listWebhooks } from "#lib/webhooks/register/service";
import { requireMember } from "../../../../member";
import { type AppParams, orNotFound } from "../app";
import { CreateWebhookButton } from "./create-webhook-button";
import { WebhookTable } from "./webhook-table";

export const metadata: Metadata = { title: "Web hooks" };

export default async function WebhooksPage({ params }: { params: AppParams }) {
  const [ctx, { id }] = await Promise.all([requireMember("agents:read"), params]);
  const { webhooks } = await orNotFound(listWebhooks(ctx, { type: "agent_app", id }));
  const isAdmin = ctx.actor.scopes.includes("admin:write");

  return (
    <Section
      title="Web hooks"
      description="Baton calls these addresses when something happens to a deployment of this app. The order is not promised."
      // Always the same one: the dialog with the only copy of a secret must not go when the list is no longer empty.
      actions={isAdmin ? <CreateWebhookButton appId={id} /> : null}
    >
      {webhooks.length > 0 ? (
        <WebhookTable appId={id} webhooks={webhooks} />
      ) : (
        <EmptyState icon={<Webhook aria-hidden />} title="No web hooks yet" level={3}>
          {isAdmin
            ? "Add the address of a server of yours. Every call is signed; failed ones are tried again for a day and more."
            : "Only owners and admins add web hooks."}
        </EmptyState>
      )}
    </Section>
  );
}
