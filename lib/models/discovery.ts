import { LRUCache } from "lru-cache";
import { z } from "zod";
import { log } from "#lib/log";
import type { Provider } from "#lib/models/providers";
import { requestUpstream } from "#lib/models/upstream";
import { singleton } from "#lib/singleton";

const lifetimeMs = 30_000;
const ModelList = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

type Known = { ids: string[]; until: number; asking: Promise<string[]> | undefined };
const known = singleton("models.discovered", () => new LRUCache<string, Known>({ max: 1_000 }));

// One organization's key may see other models at the same address than another's.
const nameOf = ({ id, baseUrl }: Provider) => `${id} ${baseUrl}`;

async function ask(provider: Provider): Promise<string[]> {
  try {
    const path = new URL(`${provider.baseUrl}/models`).pathname;
    const { statusCode, body } = await requestUpstream(provider, { method: "GET", path, timeoutMs: 2_000 });
    const list = ModelList.parse(await body.json());
    if (statusCode !== 200) return [];
    // Models that only embed text cannot hold a conversation.
    return list.data.map(({ id }) => id).filter((id) => !/embed/i.test(id));
  } catch (error) {
    log.warn({ err: error, provider: provider.name }, "provider does not list its models");
    return [];
  }
}

/** The models a keyless or compatible server says it has, asked at most every 30 s. None when it does not answer. */
export async function discoverModels(provider: Provider): Promise<string[]> {
  const entry = known.get(nameOf(provider)) ?? { ids: [], until: 0, asking: undefined };
  known.set(nameOf(provider), entry);
  if (entry.until > Date.now()) return entry.ids;
  entry.asking ??= ask(provider).then((ids) => {
    Object.assign(entry, { ids, until: Date.now() + lifetimeMs, asking: undefined });
    return ids;
  });
  return entry.asking;
}
