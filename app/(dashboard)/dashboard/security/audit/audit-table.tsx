"use client";

import { useState } from "react";
import { Badge } from "#components/ui/badge";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { AuditEntry } from "#lib/audit/schema";
import { EntryPanel } from "./entry-panel";
import { severityWords } from "./words";

type AuditTableProps = { entries: AuditEntry[]; actors: Record<string, string> };

/** Who acted, by name where it is known. */
export function actorOf({ api_key_id, user_id }: AuditEntry, actors: Record<string, string>): string {
  if (api_key_id) return actors[`key:${api_key_id}`] ?? `Key ${api_key_id.slice(0, 8)}…, revoked`;
  if (user_id) return actors[`user:${user_id}`] ?? `Somebody who left, ${user_id.slice(0, 8)}…`;
  return "Baton";
}

/** The entries of a page of the log. Each opens its details beside the page. */
export function AuditTable({ entries, actors }: AuditTableProps) {
  const [chosen, setChosen] = useState<AuditEntry | null>(null);
  return (
    <>
      <Table label="Audit log">
        <thead>
          <tr>
            <Th>Event</Th>
            <Th>Severity</Th>
            <Th>Actor</Th>
            <Th>Resource</Th>
            <Th>Address</Th>
            <Th className="text-right">When</Th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Tr key={entry.id}>
              <Td>
                <button
                  type="button"
                  onClick={() => setChosen(entry)}
                  className="rounded-sm text-left font-medium underline-offset-4 hover:underline"
                >
                  {entry.event}
                  <span className="sr-only">, show entry {entry.sequence}</span>
                </button>
              </Td>
              <Td label="Severity">
                <span>
                  <Badge tone={severityWords[entry.severity].tone}>{severityWords[entry.severity].label}</Badge>
                </span>
              </Td>
              <Td label="Actor" className="[overflow-wrap:anywhere]">
                {actorOf(entry, actors)}
              </Td>
              <Td label="Resource" className="sm:max-w-52">
                <span className="grid min-w-0">
                  <span>{entry.resource.type.replaceAll("_", " ")}</span>
                  <span className="truncate font-mono text-muted-foreground text-xs">{entry.resource.id}</span>
                </span>
              </Td>
              <Td label="Address" className="font-mono text-xs [overflow-wrap:anywhere]">
                {entry.ip_address ?? "–"}
              </Td>
              <Td label="When" className="text-muted-foreground sm:text-right">
                <RelativeTime value={entry.timestamp} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {chosen ? <EntryPanel entry={chosen} actor={actorOf(chosen, actors)} onClose={() => setChosen(null)} /> : null}
    </>
  );
}
