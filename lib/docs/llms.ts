import { guideGroups } from "#lib/docs/guides";
import type { Guide } from "#lib/docs/read";

const introduction = `# Baton

> A self-hostable agent cloud: organizations, API keys and prepaid credits; one endpoint for many AI models that OpenAI's and
> Anthropic's clients understand; agent packages, orchestrations, agents and teams on a budget, web hooks, and a dashboard.

Calls carry \`Authorization: Bearer <API key>\`. Addresses below are relative to this instance.
`;

/** The index of the guides for language models, as llmstxt.org describes it. */
export function llmsIndex(guides: readonly Guide[]): string {
  const parts = guideGroups.map((group) => {
    const lines = guides
      .filter((guide) => guide.group === group)
      .map(({ slug, title, description }) => `- [${title}](/docs/${slug}.md): ${description}`);
    return [`## ${group}`, "", ...lines].join("\n");
  });
  const machine = [
    "## For programs",
    "",
    "- [OpenAPI 3.1](/api/openapi.json): Every endpoint with its fields, answers and errors",
    "- [All guides in one file](/llms-full.txt): The texts of the guides above, one after another",
  ].join("\n");
  return `${[introduction, ...parts, machine].join("\n\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

/** All guides in one text. */
export function llmsFull(guides: readonly Guide[]): string {
  return [
    introduction,
    ...guides.map(({ slug, markdown }) => `<!-- /docs/${slug}.md -->\n\n${markdown.trim()}\n`),
  ].join("\n");
}
