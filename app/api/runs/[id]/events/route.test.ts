import { expect, test } from "vitest";
import { completeRun, startRun, tellRun } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const newRun = { kind: "chat", strategy: "single", model: null, input: null } as const;
const typesIn = (text: string) => [...text.matchAll(/^event: (.+)$/gm)].map(([, type]) => type);

test("a run is followed while it goes on and the stream ends with it; a later one begins after Last-Event-ID", async () => {
  const { ctx, apiKey } = await createOrganization();
  const { id } = await startRun(ctx, newRun);
  const line = `GET /api/runs/${id}/events`;

  const following = send(line, { apiKey });
  await tellRun(ctx, id, "model_selected", { model_name: "gpt4" });
  await completeRun(ctx, id, { output: "Hello", score: null, model: "gpt4" });

  const { status, headers, text } = await following;
  expect(status).toBe(200);
  expect(headers.get("content-type")).toContain("text/event-stream");
  expect(typesIn(text)).toEqual(["run.started", "model_selected", "run.completed"]);
  const rest = await send(line, { apiKey, headers: { "last-event-id": "2" } });
  expect(typesIn(rest.text)).toEqual(["run.completed"]);
});

test("the runs of others, unknown ones and malformed ids are not there", async () => {
  const { ctx } = await createOrganization();
  const { id } = await startRun(ctx, newRun);
  const { apiKey } = await createOrganization();
  for (const one of [id, "019a0000-0000-7000-8000-000000000000", "nonsense"])
    expect((await send(`GET /api/runs/${one}/events`, { apiKey })).status).toBe(404);
});
