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

type Options = NonNullable<Parameters<Client["callTool"]>[1]>;

/** What a tool answered: its text, its links, and its structured content. */
export async function use(client: Client, name: string, input: Record<string, unknown> = {}, options: Options = {}) {
  const { content, structuredContent, isError, _meta } = await client.callTool({ name, arguments: input }, options);
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  const links = content.flatMap((part) => (part.type === "resource_link" ? [part.uri] : []));
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of many shapes; expect() checks what they find.
  return { isError: isError ?? false, text, links, data: structuredContent as any, meta: _meta };
}
