"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { ApiKey } from "#lib/keys/schema";
import { RevokeKeyDialog } from "./revoke-key-dialog";
import { RotateKeyDialog } from "./rotate-key-dialog";
import { describeScopes, environmentWords } from "./words";

/** The keys with what can be done to each. */
export function KeyTable({ apiKeys }: { apiKeys: ApiKey[] }) {
  const [asked, setAsked] = useState<{ about: "rotate" | "revoke"; apiKey: ApiKey } | null>(null);
  const close = () => setAsked(null);

  return (
    <>
      <Table label="API keys">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Allows</Th>
            <Th>Environment</Th>
            <Th>Created</Th>
            <Th>Last used</Th>
            <Th>Status</Th>
            <Th className="w-12">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {apiKeys.map((apiKey) => (
            <Tr key={apiKey.id} className="relative">
              <Td>
                <div className="grid min-w-0 max-sm:pr-10">
                  <span className="truncate font-medium">{apiKey.name}</span>
                  {/* Not selectable: a preview that was copied by mistake looks like a key and is none. */}
                  <span className="select-none font-mono text-muted-foreground text-xs">{apiKey.key_preview}</span>
                </div>
              </Td>
              <Td label="Allows" className="sm:min-w-28">
                {describeScopes(apiKey.scopes)}
              </Td>
              <Td label="Environment">
                <span>
                  <Badge tone={apiKey.environment === "live" ? "accent" : "neutral"}>
                    {environmentWords[apiKey.environment]}
                  </Badge>
                </span>
              </Td>
              <Td label="Created">
                <RelativeTime value={apiKey.created_at} />
              </Td>
              <Td label="Last used">
                {apiKey.last_used_at ? (
                  <RelativeTime value={apiKey.last_used_at} />
                ) : (
                  <span className="text-muted-foreground">Never</span>
                )}
              </Td>
              <Td label="Status">
                <KeyStatus apiKey={apiKey} />
              </Td>
              <Td className="max-sm:absolute max-sm:top-2 max-sm:right-2">
                <Menu
                  trigger={
                    <Button variant="ghost" size="iconSmall" aria-label={`Actions for ${apiKey.name}`}>
                      <Ellipsis aria-hidden />
                    </Button>
                  }
                >
                  <MenuItem onClick={() => setAsked({ about: "rotate", apiKey })}>Rotate…</MenuItem>
                  <MenuSeparator />
                  <MenuItem isDangerous onClick={() => setAsked({ about: "revoke", apiKey })}>
                    Revoke…
                  </MenuItem>
                </Menu>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {asked?.about === "rotate" ? (
        <RotateKeyDialog key={asked.apiKey.id} apiKey={asked.apiKey} onClose={close} />
      ) : null}
      {asked?.about === "revoke" ? (
        <RevokeKeyDialog key={asked.apiKey.id} apiKey={asked.apiKey} onClose={close} />
      ) : null}
    </>
  );
}

function KeyStatus({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.status === "rotating")
    return (
      <span>
        <Badge tone="accent">Old key still works</Badge>
      </span>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      {apiKey.status === "rotation_due" ? (
        <Badge tone="warning">Rotation due</Badge>
      ) : (
        <Badge tone="success">Active</Badge>
      )}
      <span className="text-muted-foreground text-xs">
        due <RelativeTime value={apiKey.rotation_due_at} />
      </span>
    </span>
  );
}
