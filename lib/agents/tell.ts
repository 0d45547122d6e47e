import { toDollars } from "#lib/agents/estimate";
import type { AgentRow } from "#lib/agents/queries";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { recordEvent } from "#lib/records/service";
import type { agentEvents } from "#lib/webhooks/events";
import { publishWebhook } from "#lib/webhooks/service";

type Told = Pick<AgentRow, "agentId" | "model" | "team" | "task" | "runId">;
/** What became of it; `cost` in micro-dollars. `result` goes to web hooks only: the feed keeps no answers. */
type Outcome = { cost?: number; result?: string | null; error?: string | null; simulated?: boolean };

/** Tells followers and web hooks what happened to an agent, in the transaction in which it does (contract A27). */
export async function tellAgent(
  tx: Tx,
  ctx: Context,
  event: (typeof agentEvents)[number],
  { agentId: agent_id, model, team, task, runId: run_id }: Told,
  { cost, result, error, simulated }: Outcome = {},
): Promise<void> {
  const data = {
    agent_id,
    model,
    ...(team && { team }),
    task,
    ...(error !== undefined && { error }),
    ...(cost !== undefined && { cost: toDollars(cost) }),
    ...(simulated && { simulated }),
  };
  await recordEvent(tx, ctx, event, { ...data, run_id });
  const told = result === undefined ? data : { ...data, result };
  await publishWebhook(tx, ctx, { event, data: told, scope: { type: "organization" } });
}
