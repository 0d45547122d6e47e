"use server";

import type { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { updateConfig } from "#lib/orchestrator/config";
import { type Config, UpdateConfig } from "#lib/orchestrator/config-schema";
import { act } from "../../action";

/** Changes budgets, provider limits, spending alerts and retention; what is left out stays. */
export async function updateConfigAction(input: z.input<typeof UpdateConfig>): Promise<ActionResult<Config>> {
  return act({ scope: "admin:write", input: UpdateConfig }, input, updateConfig);
}
