"use client";

import { useState } from "react";
import { cn } from "#components/ui/cn";
import { Link } from "#components/ui/link";
import { Table, Th } from "#components/ui/table";
import type { Account } from "#lib/account-pool/schema";
import { AccountDialog } from "./account-dialog";
import { AccountRow } from "./account-row";
import { RotateDialog } from "./rotate-dialog";

type AccountTableProps = {
  accounts: readonly Account[];
  sort: "name" | "credits";
  sortHrefs: { name: string; credits: string };
};

/** The accounts with what is left of each, and what can be done with them. */
export function AccountTable({ accounts, sort, sortHrefs }: AccountTableProps) {
  const [edited, setEdited] = useState<Account | null>(null);
  const [rotated, setRotated] = useState<Account | null>(null);
  const head = (by: "name" | "credits", words: string) => (
    <Th aria-sort={sort === by ? (by === "name" ? "ascending" : "descending") : undefined}>
      <Link
        href={sortHrefs[by]}
        scroll={false}
        className={cn("rounded-sm hover:text-foreground", sort === by && "text-foreground")}
      >
        {words}
        <span aria-hidden>{sort === by ? (by === "name" ? " ↑" : " ↓") : ""}</span>
      </Link>
    </Th>
  );
  return (
    <>
      <Table label="Accounts">
        <thead>
          <tr>
            {head("name", "Account")}
            <Th>Status</Th>
            {head("credits", "Credits left")}
            <Th>Specialization</Th>
            <Th>Credential</Th>
            <Th>Changed</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              onEdit={() => setEdited(account)}
              onRotate={() => setRotated(account)}
            />
          ))}
        </tbody>
      </Table>
      {edited ? <AccountDialog stored={edited} onClose={() => setEdited(null)} /> : null}
      {rotated ? <RotateDialog account={rotated} onClose={() => setRotated(null)} /> : null}
    </>
  );
}
