import { type AppCard, selectAppCard, selectAppCards } from "#lib/apps/card-queries";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { isUuid } from "#lib/id";
import type { Page } from "#lib/page";

/** The organization's apps whose name holds `text` in any case, newest first, each with its state. */
export function listAppCards(ctx: Context, text: string, page: Page): Promise<AppCard[]> {
  return selectAppCards(tenant(ctx), ctx, text, page);
}

/** One app with its state. Throws `not_found` for an id that is unknown, foreign or malformed. */
export async function getAppCard(ctx: Context, id: string): Promise<AppCard> {
  const card = isUuid(id) ? await selectAppCard(tenant(ctx), ctx, id) : undefined;
  if (!card) throw notFound("Agent app");
  return card;
}
