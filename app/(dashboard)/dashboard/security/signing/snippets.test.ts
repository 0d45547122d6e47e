import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { signingSnippets } from "./snippets";

const run = promisify(execFile);
const secret = "a signing secret of the test";

type Received = { method: string; path: string; body: string; timestamp: string; signature: string };

/** A server that keeps what it is sent. */
async function startReceiver() {
  const received: Received[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = "";
    for await (const piece of incoming) body += piece;
    const { method = "", url: path = "", headers } = incoming;
    const [timestamp, signature] = [String(headers["x-timestamp"]), String(headers["x-signature"])];
    received.push({ method, path, body, timestamp, signature });
    outgoing.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { received, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

test("the snippets run as they are printed and sign what they send", async () => {
  const { received, origin, stop } = await startReceiver();
  const { node, python, shell } = signingSnippets(origin);
  const env = { ...process.env, BATON_API_KEY: "sk_live_x", BATON_SIGNING_SECRET: secret };
  await run(process.execPath, ["--input-type=module", "-e", node], { env });
  await run("python3", ["-c", python], { env });
  await run("sh", ["-c", shell], { env });
  stop();

  expect(received).toHaveLength(3);
  for (const { method, path, body, timestamp, signature } of received) {
    const expected = createHmac("sha256", secret).update(`${timestamp}\n${method}\n${path}\n${body}`).digest("hex");
    expect(signature).toBe(expected);
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000);
    expect(JSON.parse(body)).toMatchObject({ model: "k2p5" });
  }
});
