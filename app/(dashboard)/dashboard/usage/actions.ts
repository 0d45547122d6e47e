"use server";

import type { ActionResult } from "#components/use-action";
import { type Budget, UpdateBudget } from "#lib/usage/budget/schema";
import { setBudget } from "#lib/usage/budget/service";
import { type CreatedExport, CreateExport } from "#lib/usage/export/schema";
import { createExport } from "#lib/usage/export/service";
import { act } from "../../action";

/** Sets the monthly credit budget, or lifts it. */
export async function setBudgetAction(input: UpdateBudget): Promise<ActionResult<Budget>> {
  return act({ scope: "admin:write", input: UpdateBudget }, input, async (ctx, change) => {
    const { budget } = await setBudget(ctx, change);
    return budget;
  });
}

/** Makes a link to a file of the usage ledger, valid for 24 hours. */
export async function createExportAction(input: CreateExport): Promise<ActionResult<CreatedExport>> {
  return act({ scope: "billing:read", input: CreateExport }, input, async (ctx, wanted) => createExport(ctx, wanted));
}
