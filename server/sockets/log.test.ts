import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { createOrganization } from "#lib/testing/factories";
import { connect, refusal } from "#lib/testing/socket-client";
import { freePort } from "#server/local/ports";

const root = join(import.meta.dirname, "../..");

test("a token in the query of a socket's address never reaches the log, opened, refused or without an upgrade", async () => {
  const { apiKey } = await createOrganization();
  const port = await freePort(undefined);
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: "/tmp",
    NODE_ENV: "test" as const,
    ...inject("environment"),
    LOG_LEVEL: "trace",
  };
  const child = spawn(process.execPath, [join(root, "lib/testing/dispatch-host.ts"), String(port)], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let logged = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (logged += part));
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isUp, { timeout: 30_000, message: "the host answers" }).toBe(true);

  const address = `127.0.0.1:${port}/chat/ws/logged/session`;
  const client = await connect(`ws://${address}?token=${apiKey}`);
  await client.next();
  const wrong = "sk_live_11112222333344445555666677778888";
  expect((await refusal(`ws://${address}?token=${wrong}`)).status).toBe(401);
  expect((await refusal(`ws://127.0.0.1:${port}/ws/nowhere?token=${apiKey}`)).status).toBe(404);
  expect((await fetch(`http://${address}?token=${apiKey}`)).status).toBe(426);
  client.socket.close();
  child.kill("SIGTERM");
  await once(child, "exit");

  const statuses = [...logged.matchAll(/"path":"(?:\/chat\/ws\/logged\/session|\/ws\/nowhere)","status":(\d+)/g)];
  expect(statuses.map(([, status]) => status)).toEqual(["101", "401", "404", "426"]);
  for (const secret of [apiKey, wrong, "token="]) expect(logged).not.toContain(secret);
}, 60_000);
