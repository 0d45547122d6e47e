"use client";

import { Ban } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import type { BlockedIp } from "#lib/security/schema";
import { unblockIpAction } from "./actions";
import { BlockDialog } from "./block-dialog";

type BlockedAddressesProps = { blocked: BlockedIp[]; yourIp: string | null };

/** Addresses from which every key of the organization is refused for a time. */
export function BlockedAddresses({ blocked, yourIp }: BlockedAddressesProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending } = useAction(unblockIpAction, {
    onSuccess: ({ ip }) => toast.success(`${ip} is let in again.`),
  });
  return (
    <Section
      title="Blocked addresses"
      description="Every key of the organization is refused from there, until the time is over."
      actions={
        <Button onClick={() => setIsOpen(true)}>
          <Ban aria-hidden />
          Block an address
        </Button>
      }
    >
      {blocked.length === 0 ? (
        <Card className="p-4 text-muted-foreground">No address is blocked.</Card>
      ) : (
        <Table label="Blocked addresses">
          <thead>
            <tr>
              <Th>Address</Th>
              <Th>Reason</Th>
              <Th>Blocked</Th>
              <Th>Until</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {blocked.map(({ ip, reason, blocked_until, created_at }) => (
              <Tr key={ip}>
                <Td className="font-mono [overflow-wrap:anywhere]">{ip}</Td>
                <Td label="Reason" className="[overflow-wrap:anywhere]">
                  {reason ?? "–"}
                </Td>
                <Td label="Blocked" className="text-muted-foreground">
                  <RelativeTime value={created_at} />
                </Td>
                <Td label="Until">
                  <RelativeTime value={blocked_until} />
                </Td>
                <Td className="sm:text-right">
                  <Button size="sm" disabled={isPending} onClick={() => run({ ip })}>
                    Unblock<span className="sr-only"> {ip}</span>
                  </Button>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {isOpen ? <BlockDialog yourIp={yourIp} onClose={() => setIsOpen(false)} /> : null}
    </Section>
  );
}
