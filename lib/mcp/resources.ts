import {
  INVALID_PARAMS,
  type ListResourcesResult,
  ProtocolError,
  type ReadResourceResult,
  type Resource,
  ResourceNotFoundError,
} from "@modelcontextprotocol/server";
import type { Context } from "#lib/context";
import { limitFurther } from "#lib/http/admission";
import type { Dialect } from "#lib/http/dialect";
import { getKnowledge, listKnowledge } from "#lib/knowledge/service";
import { bounded } from "#lib/mcp/bounded";
import { failureText, knownFailure } from "#lib/mcp/failure";
import { runDetailsView } from "#lib/mcp/run-view";
import { mayUse, requireScope } from "#lib/mcp/scopes";
import { modelsView } from "#lib/mcp/tools/models";
import { knowledgeTemplate, knowledgeUri, modelsUri, parseUri, runTemplate, runUri } from "#lib/mcp/uris";
import { listFilteredRuns } from "#lib/runs/list";
import type { Run } from "#lib/runs/schema";
import { getRun } from "#lib/runs/service";

const mimeType = "application/json";
const runsShown = 50;
const pageEntries = 50;
/** A resource is read on purpose, so more of it is given than of a result. */
const charactersMax = 1_000_000;

const runResource = ({ id, kind, status, createdAt }: Run): Resource => ({
  uri: runUri(id),
  name: `Run ${id}`,
  title: `${kind} run of ${createdAt}, ${status}`,
  mimeType,
});

const modelsResource: Resource = {
  uri: modelsUri,
  name: "Models",
  description: "All models with prices, and which of them can answer now.",
  mimeType,
};

/** The kinds of resources that have an id in their address. */
export const resourceTemplates = [
  { uriTemplate: runTemplate, name: "Run", description: "A run with its result and its model calls.", mimeType },
  { uriTemplate: knowledgeTemplate, name: "Knowledge entry", description: "An entry of the knowledge base.", mimeType },
];

const cursorOf = (offset: number) => Buffer.from(`knowledge:${offset}`).toString("base64url");

function offsetOf(cursor: string): number {
  const [, offset] = /^knowledge:(\d{1,6})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (offset === undefined) throw new ProtocolError(INVALID_PARAMS, "The cursor is not one of this list.");
  return Number(offset);
}

/** The models and the newest runs, then page by page the knowledge base, most useful first. */
async function page(ctx: Context, cursor: string | undefined): Promise<ListResourcesResult> {
  const offset = cursor === undefined ? 0 : offsetOf(cursor);
  if (!mayUse(ctx, "agents:read")) return { resources: [] };
  await limitFurther(ctx, "cloud", "default", 1);
  const { data } = await listKnowledge(ctx);
  if (cursor === undefined) {
    const { items } = await listFilteredRuns(ctx, { sort: "newest" }, { limit: runsShown, offset: 0 });
    const resources = [modelsResource, ...items.map(runResource)];
    return { resources, ...(data.length > 0 && { nextCursor: cursorOf(0) }) };
  }
  const end = offset + pageEntries;
  const resources = data
    .slice(offset, end)
    .map(({ id, title, category }) => ({ uri: knowledgeUri(id), name: title, description: category, mimeType }));
  return { resources, ...(data.length > end && { nextCursor: cursorOf(end) }) };
}

async function contentOf(ctx: Context, uri: string): Promise<unknown> {
  const address = parseUri(uri);
  if (!address) throw new ResourceNotFoundError(uri);
  requireScope(ctx, "agents:read", "Reading resources");
  const count = (family: Dialect["name"]) => limitFurther(ctx, family, "default", 1);
  switch (address.kind) {
    case "models":
      await count("orchestratex");
      return modelsView(ctx);
    case "runs":
      await count("cloud");
      return runDetailsView(await getRun(ctx, address.id));
    case "knowledge": {
      await count("paas");
      if (!/^[1-9]\d{0,14}$/.test(address.id)) throw new ResourceNotFoundError(uri);
      return (await getKnowledge(ctx, Number(address.id))).data;
    }
  }
}

/** A failure as an error of the protocol, which has no results for it here. */
function protocolError(thrown: unknown, uri: string | undefined, requestId: string): ProtocolError {
  if (thrown instanceof ProtocolError) return thrown;
  const error = knownFailure(thrown, requestId);
  if (error.code === "not_found" && uri !== undefined) return new ResourceNotFoundError(uri);
  const data = { reason: error.reason ?? error.code.toUpperCase(), request_id: requestId };
  return new ProtocolError(-32_000, failureText(error, requestId), data);
}

/** A page of the resources that the caller may read. */
export function listResources(ctx: Context, cursor: string | undefined): Promise<ListResourcesResult> {
  return page(ctx, cursor).catch((error: unknown) => {
    throw protocolError(error, undefined, ctx.requestId);
  });
}

/** What an address names, as JSON. What is unknown or another organization's does not exist. */
export async function readResource(ctx: Context, uri: string): Promise<ReadResourceResult> {
  const value = await contentOf(ctx, uri).catch((error: unknown) => {
    throw protocolError(error, uri, ctx.requestId);
  });
  return { contents: [{ uri, mimeType, text: JSON.stringify(bounded(value, undefined, charactersMax)) }] };
}
