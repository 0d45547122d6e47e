import type { KnowledgeEntry } from "#lib/knowledge/schema";

// A list of its own: the schema's would bring all of Zod into the browser. The type holds them together.
export const categoryWords: Record<KnowledgeEntry["category"], string> = {
  pattern: "Pattern",
  error_solution: "Error solution",
  optimization: "Optimization",
  best_practice: "Best practice",
  tip: "Tip",
};
