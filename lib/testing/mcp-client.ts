import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

/** The protocol's newest revision, or the handshake of 2025 that most clients begin with. */
export type Era = "auto" | "legacy";

/** The official client, connected with a key or a login token to a running host. */
export async function connectMcp(url: string, credential: string, mode: Era = "auto"): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: { mode } });
  const headers = { authorization: `Bearer ${credential}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }));
  return client;
}

/**
 * What the client is told of progress from now on, as it comes off the wire: the client's own listener misses what
 * comes in one piece with the answer.
 */
export function progressOf(client: Client): { progress: number; message: string }[] {
  const told: { progress: number; message: string }[] = [];
  const transport = client.transport;
  const deliver = transport?.onmessage;
  if (!transport || !deliver) throw new Error("The client is not connected.");
  transport.onmessage = (message, extra) => {
    if ("method" in message && message.method === "notifications/progress") {
      told.push(message.params as { progress: number; message: string });
    }
    deliver(message, extra);
  };
  return told;
}

/** To be told of progress at all, a call has to say that somebody listens. */
export const listening = { onprogress: () => undefined };

type Options = NonNullable<Parameters<Client["callTool"]>[1]>;

/** What a tool answered: its text, its links, and its structured content. */
export async function use(client: Client, name: string, input: Record<string, unknown> = {}, options: Options = {}) {
  const { content, structuredContent, isError, _meta } = await client.callTool({ name, arguments: input }, options);
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  const links = content.flatMap((part) => (part.type === "resource_link" ? [part.uri] : []));
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of many shapes; expect() checks what they find.
  return { isError: isError ?? false, text, links, data: structuredContent as any, meta: _meta };
}
