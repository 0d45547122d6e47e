"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { transaction } from "#lib/db/transaction";
import type { Erased } from "#lib/privacy/schema";
import { eraseAgent, optOut, setRetentionDays } from "#lib/privacy/service";
import { act } from "../../action";

const Settings = z.object({
  retention_days: z.int("Write a whole number from 1 to 365"),
  training: z.boolean(),
  analytics: z.boolean(),
});
const Named = z.object({ agent_id: z.string().trim().min(1, "Write the agent's id").max(100) });

/** Sets how long tasks and results are kept, and what data is not used for: both or neither. */
export async function savePrivacyAction(
  input: z.input<typeof Settings>,
): Promise<ActionResult<{ retention_days: number }>> {
  return act({ scope: "admin:write", input: Settings }, input, (ctx, { retention_days, ...choice }) =>
    transaction(ctx, async (tx) => {
      await setRetentionDays({ ...ctx, tx }, retention_days);
      await optOut({ ...ctx, tx }, choice);
      return { retention_days };
    }),
  );
}

/** Deletes at once what an agent was asked and what it answered. */
export async function eraseAgentAction(input: z.input<typeof Named>): Promise<ActionResult<Erased>> {
  return act({ scope: "admin:write", input: Named }, input, (ctx, { agent_id }) => eraseAgent(ctx, agent_id));
}
