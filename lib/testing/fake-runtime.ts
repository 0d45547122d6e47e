import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const runtimeSecret = "runtime-secret-of-the-tests";

export type RuntimeReceived = { path: string; body: Record<string, unknown>; isSigned: boolean };
type Script = { status: number; body: unknown } | { type: "silence" } | { type: "raw"; text: string };

/** An external runtime as docs/runtime.md describes it, on a port of its own; it echoes inputs unless scripted. */
export type FakeRuntime = {
  /** The variables with which Baton uses it. */
  environment: Record<string, string>;
  received: RuntimeReceived[];
  /** Scripts the next calls, one each. */
  script(...scripts: Script[]): void;
  close(): Promise<void>;
};

function isSigned(timestamp: string, body: string, signature: string): boolean {
  const right = `sha256=${createHmac("sha256", runtimeSecret).update(`${timestamp}.${body}`).digest("hex")}`;
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > 300 || right.length !== signature.length) return false;
  return timingSafeEqual(Buffer.from(right), Buffer.from(signature));
}

function answer(response: ServerResponse, { path, body }: RuntimeReceived, script: Script | undefined): void {
  if (script && "type" in script) {
    if (script.type === "raw") response.end(script.text);
    return;
  }
  const echo = { output: { echo: body.input }, model: "own-model", input_tokens: 3, output_tokens: 5 };
  const { status, body: said } = script ?? { status: 200, body: path === "/invoke" ? echo : {} };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
}

export async function startFakeRuntime(timeoutSeconds = 1): Promise<FakeRuntime> {
  const received: RuntimeReceived[] = [];
  const scripts: Script[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request.setEncoding("utf8")) text += part;
    const header = (name: string) => String(request.headers[name] ?? "");
    const entry = {
      path: request.url ?? "",
      body: JSON.parse(text),
      isSigned: isSigned(header("x-baton-timestamp"), text, header("x-baton-signature")),
    };
    received.push(entry);
    answer(response, entry, scripts.shift());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      RUNTIME_URL: `http://127.0.0.1:${port}`,
      RUNTIME_SECRET: runtimeSecret,
      RUNTIME_TIMEOUT_SECONDS: String(timeoutSeconds),
    },
    received,
    script: (...more) => void scripts.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
