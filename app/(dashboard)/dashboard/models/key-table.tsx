"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import type { ProviderKey } from "#lib/provider-keys/schema";
import { deleteProviderKeyAction, switchProviderKeyAction, testProviderKeyAction } from "./actions";
import { providerTitle } from "./words";

/** The organization's own keys with how their last test ended, and for admins with what can be done to each. */
export function KeyTable({ keys, isAdmin }: { keys: ProviderKey[]; isAdmin: boolean }) {
  const [deleted, setDeleted] = useState<ProviderKey | null>(null);
  return (
    <>
      <Table label="Provider keys">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Provider</Th>
            <Th>Key</Th>
            <Th>Used</Th>
            <Th>Last test</Th>
            {isAdmin ? (
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} providerKey={key} isAdmin={isAdmin} onDelete={() => setDeleted(key)} />
          ))}
        </tbody>
      </Table>
      {deleted ? <DeleteDialog providerKey={deleted} onClose={() => setDeleted(null)} /> : null}
    </>
  );
}

type KeyRowProps = { providerKey: ProviderKey; isAdmin: boolean; onDelete: () => void };

function KeyRow({ providerKey, isAdmin, onDelete }: KeyRowProps) {
  const { id, label, provider, base_url, last4, is_active } = providerKey;
  const test = useAction(testProviderKeyAction, {
    onSuccess: ({ ok, models, latency_ms, error }) => {
      if (ok) toast.success(`“${label}” works: ${models.length} models in ${latency_ms} ms.`);
      else toast.error(`“${label}” does not work.`, { description: error ?? undefined, duration: 10_000 });
    },
  });
  const change = useAction(switchProviderKeyAction, {
    onSuccess: (next) => toast.success(next.is_active ? `“${label}” is used now.` : `“${label}” is switched off.`),
  });
  return (
    <Tr className="relative">
      <Td>
        <span className="grid min-w-0 max-sm:pr-10">
          <span className="truncate font-medium">{label}</span>
          {base_url ? <span className="text-muted-foreground text-xs [overflow-wrap:anywhere]">{base_url}</span> : null}
        </span>
      </Td>
      <Td label="Provider">{providerTitle(provider)}</Td>
      <Td label="Key" className="select-none font-mono text-muted-foreground text-xs">
        {last4 === null ? "none" : `••••${last4}`}
      </Td>
      <Td label="Used">
        <span>{is_active ? <Badge tone="success">In use</Badge> : <Badge>Off</Badge>}</span>
      </Td>
      <Td label="Last test">
        <LastTest providerKey={providerKey} />
      </Td>
      {isAdmin ? (
        <Td className="sm:w-40">
          <span className="flex items-center justify-end gap-1 max-sm:justify-start">
            <Button size="sm" pending={test.isPending} onClick={() => test.run({ id })} aria-label={`Test ${label}`}>
              Test
            </Button>
            <span className="max-sm:absolute max-sm:top-2 max-sm:right-2">
              <Menu
                trigger={
                  <Button variant="ghost" size="iconSmall" aria-label={`Actions for ${label}`}>
                    <Ellipsis aria-hidden />
                  </Button>
                }
              >
                <MenuItem onClick={() => change.run({ id, isActive: !is_active })}>
                  {is_active ? "Switch off" : "Use this key"}
                </MenuItem>
                <MenuSeparator />
                <MenuItem isDangerous onClick={onDelete}>
                  Delete…
                </MenuItem>
              </Menu>
            </span>
          </span>
        </Td>
      ) : null}
    </Tr>
  );
}

function LastTest({
  providerKey: { last_test_at: at, last_test_status, last_test_error },
}: {
  providerKey: ProviderKey;
}) {
  if (at === null) return <span className="text-muted-foreground">Never</span>;
  return (
    <span className="grid justify-items-start gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2">
        {last_test_status === "ok" ? <Badge tone="success">Works</Badge> : <Badge tone="danger">Failed</Badge>}
        <span className="text-muted-foreground text-xs">
          <RelativeTime value={at} />
        </span>
      </span>
      {last_test_error ? (
        <span className="max-w-80 text-destructive text-xs [overflow-wrap:anywhere]">{last_test_error}</span>
      ) : null}
    </span>
  );
}

function DeleteDialog({ providerKey, onClose }: { providerKey: ProviderKey; onClose: () => void }) {
  const { id, label, provider } = providerKey;
  const { run, isPending } = useAction(deleteProviderKeyAction, {
    onSuccess: () => {
      toast.success(`“${label}” is deleted.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Delete “${label}”`}
      action="Delete key"
      typed={label}
      isPending={isPending}
      onConfirm={() => run({ id })}
      onClose={onClose}
    >
      Calls to {providerTitle(provider)} go back to the operator's key, where there is one, and cost credits again. The
      key cannot be read out of Baton before.
    </ConfirmDialog>
  );
}
