import { CircleCheck } from "lucide-react";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { formatMicros } from "#components/ui/format";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { KeyReminder, SpendBlock } from "#lib/security/schema";
import { plural } from "../apps/words";

const words = {
  rotation: { label: "Rotate", explained: (days: number) => `The same secret for ${plural(days, "day")}` },
  unused: { label: "Revoke if not needed", explained: (days: number) => `Not used for ${plural(days, "day")}` },
};

type KeyPanelProps = { reminders: KeyReminder[]; blocks: SpendBlock[] };

/** Keys that somebody should look at: blocked ones, old secrets, and those that nobody uses. */
export function KeyPanel({ reminders, blocks }: KeyPanelProps) {
  return (
    <Section
      title="Keys"
      description="A secret is to be changed every 90 days; a key that nobody used for 30 days is probably not needed."
      actions={<ButtonLink href="/dashboard/api-keys">Open API keys</ButtonLink>}
    >
      {blocks.map(({ keyId, name, spentMicros, blockedUntil }) => (
        <Alert key={keyId} tone="danger">
          <strong className="font-medium">{name}</strong> is blocked: it spent {formatMicros(spentMicros)} within an
          hour. It is let in again <RelativeTime value={blockedUntil} />, or sooner when the hour's spend falls. Revoke
          it if that was not meant.
        </Alert>
      ))}
      {reminders.length === 0 ? (
        <Card className="flex items-center gap-2 p-4 text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
          No key is due.
        </Card>
      ) : (
        <Table label="Keys that are due">
          <thead>
            <tr>
              <Th>Key</Th>
              <Th>Why</Th>
              <Th>Since</Th>
              <Th>What to do</Th>
            </tr>
          </thead>
          <tbody>
            {reminders.map(({ id, name, kind, since, days }) => (
              <Tr key={`${id} ${kind}`}>
                <Td className="font-medium [overflow-wrap:anywhere]">{name}</Td>
                <Td label="Why">{words[kind].explained(days)}</Td>
                <Td label="Since">
                  <RelativeTime value={since} />
                </Td>
                <Td label="What to do">
                  <span>
                    <Badge tone={kind === "rotation" ? "warning" : "neutral"}>{words[kind].label}</Badge>
                  </span>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
