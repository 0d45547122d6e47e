import { afterAll, beforeAll } from "vitest";
import { startQueues, type Workers } from "../../../lib/queue/workers.ts";
import { ownDatabase } from "../../../lib/testing/own-database.ts";
import { type SecondHost, startSecondHost } from "../../../lib/testing/second-host.ts";
import { queues } from "../../../lib/upkeep/service.ts";

const graceMs = 5_000;

/** Baton in a process of its own, with a database of this file's own whose jobs this process works on. */
export async function prepareHost(): Promise<{ url: string }> {
  const environment = await ownDatabase();
  const host = { url: "" };
  let running: SecondHost | undefined;
  let workers: Workers | undefined;
  beforeAll(async () => {
    running = await startSecondHost({ ...environment, RATE_LIMIT_MULTIPLIER: "100" });
    host.url = running.url;
    workers = await startQueues(queues);
  });
  afterAll(async () => {
    await workers?.stop(graceMs);
    await running?.stop();
  });
  return host;
}
