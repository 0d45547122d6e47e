"use client";

import { IdCard } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state";
import { createAccountsCommand } from "#components/work-desk-snippets";
import { useFreshKey } from "../../fresh-key";
import { KeyCommand } from "../apps/key-command";
import { AddAccountButton } from "./add-account-button";

/** What to do when there is no account: a button, and the same from a terminal. */
export function FirstAccount() {
  const { origin, freshKey } = useFreshKey();
  return (
    <div className="grid grid-cols-1 gap-4">
      <EmptyState icon={<IdCard aria-hidden />} title="No accounts yet" action={<AddAccountButton />}>
        Add the AI accounts that your organization may use. Baton counts their credits, says which one to take next, and
        writes the briefing when one hands over to another.
      </EmptyState>
      <KeyCommand
        title="Or from a terminal"
        label="command that adds accounts"
        code={createAccountsCommand({ origin, apiKey: freshKey })}
      />
    </div>
  );
}
