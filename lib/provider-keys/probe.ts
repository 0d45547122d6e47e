import { z } from "zod";
import type { Provider } from "#lib/models/providers";
import { requestUpstream, upstreamError, withoutKey } from "#lib/models/upstream";
import { parseObject } from "#lib/models/wire";
import type { ProviderKeyTest } from "#lib/provider-keys/schema";

const timeoutMs = 10_000;
const modelsMax = 100;
const bodyBytesMax = 2 * 1024 * 1024;
const ModelList = z.object({ data: z.array(z.object({ id: z.string() })) });

function headersOf({ protocol, apiKey, headers }: Provider): Record<string, string> {
  if (protocol !== "anthropic" || apiKey === undefined) return headers;
  return { "x-api-key": apiKey, "anthropic-version": "2023-06-01" };
}

/** What a provider said is wrong, short and without any key. */
function reasonOf(provider: Provider, status: number, text: string): string {
  if (status === 401 || status === 403) return `${provider.title} refused the key (status ${status}).`;
  const { error } = parseObject(text) ?? {};
  const message = typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
  return withoutKey(provider, `${provider.title} answered with status ${status}. ${message}`).trim().slice(0, 300);
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > bodyBytesMax) break;
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Asks a provider for its models, which costs nothing and needs a key that works. Never throws. */
export async function probe(provider: Provider): Promise<ProviderKeyTest> {
  const startedAt = performance.now();
  const ended = (status: number | null, models: string[], error: string | null): ProviderKeyTest => {
    const latencyMs = Math.round(performance.now() - startedAt);
    return { ok: error === null, status, latency_ms: latencyMs, models, error };
  };
  try {
    const path = new URL(`${provider.baseUrl}/models`).pathname;
    const request = { method: "GET" as const, path, headers: headersOf(provider), timeoutMs };
    const { statusCode, body } = await requestUpstream(provider, request);
    const text = await textOf(body);
    if (statusCode !== 200) return ended(statusCode, [], reasonOf(provider, statusCode, text));
    const list = ModelList.safeParse(parseObject(text));
    if (!list.success) return ended(statusCode, [], `${provider.title} did not answer with a list of models.`);
    return ended(
      statusCode,
      list.data.data.slice(0, modelsMax).map(({ id }) => id),
      null,
    );
  } catch (error) {
    return ended(null, [], upstreamError(provider, error).message);
  }
}
