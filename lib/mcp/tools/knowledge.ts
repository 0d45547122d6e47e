import { z } from "zod";
import { KnowledgeEntry, KnowledgeQuery } from "#lib/knowledge/schema";
import { listKnowledge } from "#lib/knowledge/service";
import { reads, tool } from "#lib/mcp/tool";
import { knowledgeUri } from "#lib/mcp/uris";

export const searchKnowledge = tool({
  name: "search_knowledge",
  title: "Search the knowledge base",
  description:
    "Searches the organization's knowledge base of patterns, solved errors, optimizations, best practices and tips. Best match first; without `q` the most useful first.",
  scope: "agents:read",
  counts: { family: "paas" },
  hints: reads,
  input: KnowledgeQuery.extend({ limit: z.int().min(1).max(50).default(10) }),
  output: z.object({ entries: z.array(KnowledgeEntry) }),
  links: ({ entries }) => entries.map(({ id, title }) => ({ uri: knowledgeUri(id), name: title })),
  run: async ({ ctx, input: { limit, ...query } }) => ({
    entries: (await listKnowledge(ctx, query)).data.slice(0, limit),
  }),
});
