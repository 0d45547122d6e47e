import type { Context } from "#lib/context";
import { searchKnowledge } from "#lib/knowledge/service";

const entriesMax = 5;
const askedCharactersMax = 1_000;
const shownCharactersMax = 2_000;

/** What the organization's knowledge base holds on a message, best first: one line of JSON an entry. */
export async function knowledgeFor(ctx: Context, message: string): Promise<string[]> {
  const asked = message.slice(0, askedCharactersMax).toWellFormed();
  const entries = await searchKnowledge(ctx, asked, entriesMax);
  return entries.map(({ category, title, description, tags }) =>
    JSON.stringify({ category, title, description: description.slice(0, shownCharactersMax), tags }),
  );
}
