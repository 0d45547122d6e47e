"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { type Account, BatchCreateAccounts, CreateAccount, UpdateAccount } from "#lib/account-pool/schema";
import { createAccount, createAccounts, updateAccount } from "#lib/account-pool/service";
import { rotateAccount } from "#lib/handoff/rotation";
import { AutoRotate, type Rotation } from "#lib/handoff/schema";
import { act } from "../../action";

const Change = UpdateAccount.extend({ id: z.int() });

/** Adds an account; no answer ever holds its credential. */
export async function createAccountAction(input: z.input<typeof CreateAccount>): Promise<ActionResult<{ id: number }>> {
  return act({ scope: "agents:write", input: CreateAccount }, input, createAccount);
}

/** Changes an account; a credential that is left out stays as it is. */
export async function updateAccountAction(input: z.input<typeof Change>): Promise<ActionResult<Account>> {
  return act(
    { scope: "agents:write", input: Change },
    input,
    async (ctx, { id, ...change }) => (await updateAccount(ctx, id, change)).data,
  );
}

/** Adds all of the accounts, or none. */
export async function importAccountsAction(
  input: z.input<typeof BatchCreateAccounts>,
): Promise<ActionResult<{ name: string; id: number }[]>> {
  return act(
    { scope: "agents:write", input: BatchCreateAccounts },
    input,
    async (ctx, batch) => (await createAccounts(ctx, batch)).accounts,
  );
}

/** Gives an account up for the best other one, or only says which that would be. */
export async function rotateAccountAction(input: z.input<typeof AutoRotate>): Promise<ActionResult<Rotation>> {
  return act({ scope: "agents:write", input: AutoRotate }, input, rotateAccount);
}
