"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { Button } from "#components/ui/button";
import { CodeBlock } from "#components/ui/code-block";
import type { AuditEntry } from "#lib/audit/schema";

type EntryPanelProps = { entry: AuditEntry; actor: string; onClose: () => void };

/** All of an entry, in a panel at the right edge; the list stays where it is. */
export function EntryPanel({ entry, actor, onClose }: EntryPanelProps) {
  const facts = [
    ["When", entry.timestamp],
    ["Severity", entry.severity],
    ["Actor", actor],
    ["Resource", `${entry.resource.type} ${entry.resource.id}`],
    ["Address", entry.ip_address ?? "not known"],
    ["User agent", entry.user_agent ?? "not known"],
    ["Request", entry.request_id],
    ["Entry", String(entry.sequence)],
    ["Hash", entry.hash],
  ];
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0.02_230/0.5)]" />
        <Dialog.Viewport className="fixed inset-0 z-40 flex justify-end">
          <Dialog.Popup className="relative grid h-full w-full max-w-md content-start gap-4 overflow-y-auto border-l bg-popover p-5 shadow-pop outline-none">
            <Dialog.Title className="pr-10 font-semibold text-base [overflow-wrap:anywhere]">
              {entry.event}
            </Dialog.Title>
            <dl className="grid gap-2">
              {facts.map(([label, value]) => (
                <div key={label} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-2">
                  <dt className="text-muted-foreground">{label}</dt>
                  <dd className="select-text [overflow-wrap:anywhere]">{value}</dd>
                </div>
              ))}
            </dl>
            <section aria-label="Details" className="grid min-w-0 gap-1.5">
              <h3 className="font-medium">Details</h3>
              {Object.keys(entry.details).length === 0 ? (
                <p className="text-muted-foreground">None.</p>
              ) : (
                <CodeBlock label="details of the entry" code={JSON.stringify(entry.details, null, 2)} />
              )}
            </section>
            <Dialog.Close
              aria-label="Close"
              render={<Button variant="ghost" size="iconSmall" className="absolute top-4 right-4" />}
            >
              <X aria-hidden />
            </Dialog.Close>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
