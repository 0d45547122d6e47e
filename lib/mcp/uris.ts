import type { Link } from "#lib/mcp/tool";

export const modelsUri = "baton://models";
export const runTemplate = "baton://runs/{id}";
export const knowledgeTemplate = "baton://knowledge/{id}";

export const runUri = (id: string) => `baton://runs/${id}`;
export const knowledgeUri = (id: number) => `baton://knowledge/${id}`;

export const runLink = (id: string): Link => ({ uri: runUri(id), name: `Run ${id}` });

/** What an address names; undefined for one that is none of ours. */
export function parseUri(uri: string): { kind: "models" } | { kind: "runs" | "knowledge"; id: string } | undefined {
  if (uri === modelsUri) return { kind: "models" };
  const [, kind, id] = /^baton:\/\/(runs|knowledge)\/([^/?#]{1,64})$/.exec(uri) ?? [];
  if ((kind !== "runs" && kind !== "knowledge") || id === undefined) return undefined;
  return { kind, id };
}
