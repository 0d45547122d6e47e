import { spawnAgent } from "#lib/agents/spawn";
import { systemContext } from "#lib/context";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { AppError } from "#lib/errors";
import { closeQueue, declareQueue } from "#lib/queue/boss";
import { runQueue } from "#lib/runs/worker";

/** Spawns agents of one organization as fast as it can, as several keys: `<organization> <times> <key ids>`. Tells each that was admitted. */
const [organizationId = "", times, keys = ""] = process.argv.slice(2);
const keyIds = keys.split(",");
const privacy = { detect_pii: false, mask_pii_in_logs: false, encrypt_output: false };
const body = { model: "k2p5", task: "Go", priority: "low", timeout: 300, privacy, use_knowledge: false } as const;

async function spawn(index: number): Promise<void> {
  const actor = { type: "apiKey", keyId: keyIds[index % keyIds.length] ?? "", userId: null, scopes: [] } as const;
  try {
    process.send?.((await spawnAgent({ ...systemContext(organizationId), actor }, body)).agent_id);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "rate_limited")) throw error;
  }
}

// A server has its queue before its first request.
await declareQueue(runQueue);
process.send?.("ready");
process.once("message", async () => {
  await Promise.all(Array.from({ length: Number(times) }, (_, index) => spawn(index)));
  await Promise.all([closeQueue(), closeListener()]);
  await closePool();
  process.disconnect?.();
});
