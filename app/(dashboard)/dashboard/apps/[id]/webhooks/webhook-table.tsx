import { Badge } from "#components/ui/badge";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Webhook } from "#lib/webhooks/schema";
import { stateOf } from "./words";

/** The web hooks of an app; each leads to its deliveries. */
export function WebhookTable({ appId, webhooks }: { appId: string; webhooks: Webhook[] }) {
  return (
    <Table label="Web hooks">
      <thead>
        <tr>
          <Th>Address</Th>
          <Th>State</Th>
          <Th>Events</Th>
          <Th>Signed</Th>
          <Th className="text-right">Added</Th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => {
          const { tone, label } = stateOf(webhook);
          return (
            <Tr key={webhook.id}>
              <Td>
                <span className="grid min-w-0">
                  <Link
                    href={`/dashboard/apps/${appId}/webhooks/${webhook.id}`}
                    className="font-medium underline decoration-foreground/25 underline-offset-4 [overflow-wrap:anywhere] hover:decoration-foreground"
                  >
                    {webhook.url}
                  </Link>
                  {webhook.description ? (
                    <span className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
                      {webhook.description}
                    </span>
                  ) : null}
                </span>
              </Td>
              <Td label="State">
                <span>
                  <Badge tone={tone}>{label}</Badge>
                </span>
              </Td>
              <Td label="Events" className="text-muted-foreground">
                {webhook.events.map((event) => event.replace("deployment.", "")).join(", ")}
              </Td>
              <Td label="Signed">{webhook.signed ? "Yes" : "No"}</Td>
              <Td label="Added" className="text-muted-foreground sm:text-right">
                <RelativeTime value={webhook.created_at} />
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
