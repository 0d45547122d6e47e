"use client";

import { Ellipsis, RefreshCw } from "lucide-react";
import { toast } from "sonner";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { RelativeTime } from "#components/ui/relative-time";
import { Td, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import type { Account } from "#lib/account-pool/schema";
import { zoned } from "../projects/words";
import { updateAccountAction } from "./actions";
import { CreditBar } from "./credit-bar";
import { accountWords, creditsFull, platformWords } from "./words";

type AccountRowProps = { account: Account; onEdit: () => void; onRotate: () => void };

/** One account. Blocking and filling up can be taken back, so they ask nothing. */
export function AccountRow({ account, onEdit, onRotate }: AccountRowProps) {
  const { id, account_name: name, status, credits_available: credits, resets_at } = account;
  const { tone, label } = accountWords[status];
  const { run, isPending } = useAction(updateAccountAction, {
    onSuccess: (next) => toast.success(`${name} is ${accountWords[next.status].label.toLowerCase()} now.`),
  });
  const isBlocked = status === "blocked";
  return (
    <Tr className="relative">
      <Td className="sm:max-w-64">
        <span className="grid min-w-0 max-sm:pr-10">
          <span className="truncate font-medium">{name}</span>
          <span className="truncate text-muted-foreground text-xs">
            {[platformWords[account.platform], account.account_email].filter(Boolean).join(", ")}
          </span>
        </span>
      </Td>
      <Td label="Status">
        <span className="grid justify-items-start gap-0.5">
          <Badge tone={tone}>{label}</Badge>
          {resets_at ? (
            <span className="text-muted-foreground text-xs">
              full <RelativeTime value={zoned(resets_at)} />
            </span>
          ) : null}
        </span>
      </Td>
      <Td label="Credits left">
        <CreditBar name={name} credits={credits} />
      </Td>
      <Td label="Specialization" className="text-muted-foreground [overflow-wrap:anywhere] sm:max-w-48">
        {account.specialization ?? "–"}
      </Td>
      <Td label="Credential" className="whitespace-nowrap">
        {account.has_credential ? (
          <span className="select-none font-mono text-muted-foreground text-xs">••••{account.credential_last4}</span>
        ) : (
          <span className="text-muted-foreground">None</span>
        )}
      </Td>
      <Td label="Changed" className="text-muted-foreground">
        <RelativeTime value={zoned(account.updated_at)} />
      </Td>
      <Td>
        <span className="flex items-center justify-end gap-1 max-sm:justify-start">
          <Button size="sm" onClick={onRotate} aria-label={`Rotate ${name}`}>
            <RefreshCw aria-hidden />
            Rotate…
          </Button>
          <span className="max-sm:absolute max-sm:top-2 max-sm:right-2">
            <Menu
              trigger={
                <Button variant="ghost" size="iconSmall" pending={isPending} aria-label={`Actions for ${name}`}>
                  <Ellipsis aria-hidden />
                </Button>
              }
            >
              <MenuItem onClick={onEdit}>Edit…</MenuItem>
              <MenuItem onClick={() => run({ id, credits_available: creditsFull })}>Fill up to {creditsFull}</MenuItem>
              <MenuSeparator />
              <MenuItem
                onClick={() => run({ id, status: isBlocked ? (credits > 0 ? "available" : "exhausted") : "blocked" })}
              >
                {isBlocked ? "Unblock" : "Block"}
              </MenuItem>
            </Menu>
          </span>
        </span>
      </Td>
    </Tr>
  );
}
