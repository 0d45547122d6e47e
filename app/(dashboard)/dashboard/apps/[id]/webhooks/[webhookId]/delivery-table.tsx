import { Badge } from "#components/ui/badge";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Delivery } from "#lib/webhooks/schema";
import { deliveryWords } from "../words";

/** What was sent, what was answered last, and when it is tried again. */
export function DeliveryTable({ base, deliveries }: { base: string; deliveries: Delivery[] }) {
  return (
    <Table label="Deliveries">
      <thead>
        <tr>
          <Th>Event</Th>
          <Th>Status</Th>
          <Th>Last answer</Th>
          <Th className="text-right">Attempts</Th>
          <Th className="text-right">Next attempt</Th>
          <Th className="text-right">Made</Th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Tr key={delivery.id}>
            <Td>
              <Link
                href={`${base}/${delivery.id}`}
                className="font-medium underline decoration-foreground/25 underline-offset-4 hover:decoration-foreground"
              >
                {delivery.event}
              </Link>
            </Td>
            <Td label="Status">
              <span>
                <Badge tone={deliveryWords[delivery.status].tone}>{deliveryWords[delivery.status].label}</Badge>
              </span>
            </Td>
            <Td label="Last answer" className="max-w-72 [overflow-wrap:anywhere]">
              {delivery.response_status ?? delivery.error ?? <span className="text-muted-foreground">None yet</span>}
            </Td>
            <Td label="Attempts" className="tabular-nums sm:text-right">
              {delivery.attempts}
            </Td>
            <Td label="Next attempt" className="text-muted-foreground sm:text-right">
              {delivery.next_attempt_at ? <RelativeTime value={delivery.next_attempt_at} /> : "–"}
            </Td>
            <Td label="Made" className="text-muted-foreground sm:text-right">
              <RelativeTime value={delivery.created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
