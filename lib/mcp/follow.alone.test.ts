import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { drainQueue } from "#lib/queue/drain";
import { runQueue } from "#lib/runs/worker";
import { workOff as deployAll, deployed } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { startFakeOpenAI } from "#lib/testing/fake-openai";
import { connectMcp, type Era, use } from "#lib/testing/mcp-client";
import { ownDatabase } from "#lib/testing/own-database";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";

// Whoever else works on runs and deployments would take these, and these would take his.
const environment = await ownDatabase();
let host: SecondHost;
beforeAll(async () => {
  host = await startSecondHost(environment);
});
afterAll(() => host?.stop());

const workOff = () => drainQueue(runQueue);

/** Works off what waits until `isOver`. */
async function workUntil(work: () => Promise<unknown>, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function settled<T>(promise: Promise<T>, work: () => Promise<unknown>): Promise<T> {
  let isOver = false;
  const ended = promise.finally(() => {
    isOver = true;
  });
  await workUntil(work, () => isOver);
  return ended;
}

test.each<Era>(["auto", "legacy"])("an orchestration tells its progress until it has ended (%s)", async (era) => {
  const { apiKey } = await createOrganization();
  const client = await connectMcp(host.url, apiKey, era);
  const told: string[] = [];
  const onprogress = ({ progress, message }: { progress: number; message?: string }) => {
    expect(progress).toBe(told.length + 1);
    told.push(message ?? "");
  };
  const input = { prompt: "Why are there tides?", max_iterations: 2, evaluation_threshold: 10 };
  const { data, links } = await settled(use(client, "orchestrate", input, { onprogress }), workOff);
  expect(data).toMatchObject({ status: "completed", error: null });
  expect(data.final_response.length).toBeGreaterThan(0);
  expect(links).toEqual([`baton://runs/${data.run_id}`]);
  expect(told[0]).toContain("run.queued");
  expect(told.at(-1)).toContain("run.completed");
  expect(told.some((line) => line.startsWith("step.completed"))).toBe(true);
  await client.close();
});

test("without a progress token the id comes back at once; get_run waits for the end", async () => {
  const { apiKey } = await createOrganization();
  const client = await connectMcp(host.url, apiKey);
  const { data } = await use(client, "orchestrate", { prompt: "Why are there tides?", max_iterations: 1 });
  expect(data).toMatchObject({ status: "queued", final_response: null });
  const waiting = use(client, "get_run", { run_id: data.run_id, wait_seconds: 30 });
  // Whoever waits keeps nobody else waiting.
  expect((await use(client, "get_credits")).isError).toBe(false);
  expect((await settled(waiting, workOff)).data.status).toBe("completed");
  const again = { thread_id: data.thread_id, prompt: "And at new moon?" };
  expect((await use(client, "orchestrate", again)).data).toMatchObject({ thread_id: data.thread_id });
  const { isError, text } = await use(client, "orchestrate", {});
  expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining("prompt or thread_id") });
  const unknown = await use(client, "orchestrate", { prompt: "x", preferred_models: ["no-such"] });
  expect(unknown).toMatchObject({ isError: true, text: expect.stringContaining("no-such") });
  await client.close();
});

test("a client that goes stops the orchestration it waited for", async () => {
  const { apiKey } = await createOrganization();
  const client = await connectMcp(host.url, apiKey);
  const gone = new AbortController();
  const onprogress = () => gone.abort();
  const options = { onprogress, signal: gone.signal };
  await expect(use(client, "orchestrate", { prompt: "Why are there tides?" }, options)).rejects.toThrow();
  await expect
    .poll(async () => (await use(client, "list_runs", { kind: "orchestration" })).data.runs[0]?.status, {
      timeout: 5_000,
    })
    .toBe("cancelled");
  await client.close();
});

test("a client that goes while a model answers cancels the call", async () => {
  const provider = await startFakeOpenAI();
  onTestFinished(() => provider.close());
  const live = await startSecondHost({
    ...environment,
    OPENAI_API_KEY: "sk-openai-test",
    OPENAI_BASE_URL: provider.url,
  });
  onTestFinished(() => live.stop());
  const { apiKey } = await createOrganization();
  const client = await connectMcp(live.url, apiKey);
  // Its readiness has asked the provider before.
  provider.script({ type: "silence" });
  const posts = () => provider.received.filter(({ method }) => method === "POST");
  const gone = new AbortController();
  const asked = use(client, "run_prompt", { prompt: "Hello", model: "gpt4" }, { signal: gone.signal });
  const refused = expect(asked).rejects.toThrow();
  await expect.poll(posts, { timeout: 5_000 }).toHaveLength(1);
  gone.abort();
  await refused;
  const statuses = async () => (await use(client, "list_runs")).data.runs.map((run: { status: string }) => run.status);
  await expect.poll(statuses, { timeout: 5_000 }).toEqual(["cancelled"]);
  expect(posts()).toMatchObject([{ wasAborted: true }]);
  await client.close();
}, 60_000);

test("a deployment is followed to its end", async () => {
  const { apiKey } = await createOrganization();
  const appId = await deployed(apiKey);
  const client = await connectMcp(host.url, apiKey);
  const told: string[] = [];
  const onprogress = ({ message }: { message?: string }) => void told.push(message ?? "");
  const asked = use(client, "deploy_app", { app_id: appId, version: "1.0.0" }, { onprogress });
  const { data } = await settled(asked, deployAll);
  expect(data.deployment).toMatchObject({ status: "completed", cost_credits: 0, is_current: true });
  expect(told.at(-1)).toContain("deployment.completed");
  const { data: called } = await use(client, "invoke_app", { app_id: appId, input: "Ada" }, { onprogress });
  expect(called.status).toBe("completed");
  expect(told.some((line) => line.startsWith("step.completed"))).toBe(true);
  await client.close();
});
