import { QuoteFilter } from "#lib/pricing/quotes/list-schema";
import { single } from "../../../search-params";
import { pageIn } from "../usage/query";
import { deliveryWords, guardrailWords, modelWords, segmentWords, sourceWords } from "./words";

export type QuotesQuery = { filter: QuoteFilter; page: number };

const names = ["model", "segment", "delivery_type", "source", "guardrail", "from", "to"] as const;
type Name = (typeof names)[number];
type Params = Record<string, string | string[] | undefined>;

/** What the address asks for; what it says wrongly, or not at all, is as on a first visit. */
export function readQuotesQuery(params: Params): QuotesQuery {
  const given = names.flatMap((name) => {
    const field = QuoteFilter.shape[name].safeParse(single(params[name]) || undefined);
    return field.success && field.data !== undefined ? [[name, field.data]] : [];
  });
  return { filter: QuoteFilter.parse(Object.fromEntries(given)), page: pageIn(params.page) };
}

function given(fields: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** The address of the list with something changed; an empty text removes a filter. */
export function quotesHref({ filter }: QuotesQuery, change: Partial<Record<Name, string>> & { page?: number }): string {
  const { page = 1, ...fields } = change;
  const params = given({ ...filter, ...fields });
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return `/dashboard/pricing${text ? `?${text}` : ""}`;
}

/** Where the file of all quotes of the filter is. */
export function quotesFileHref({ filter }: QuotesQuery): string {
  return `/api/pricing/quotes?${given({ format: "csv", ...filter })}`;
}

/** Everything that narrows the list, in words. */
export function chipsOf(query: QuotesQuery): { label: string; value: string; without: string }[] {
  const { model, segment, delivery_type, source, guardrail, from, to } = query.filter;
  const shown: [Name, string, string | undefined][] = [
    ["model", "Model", model && modelWords[model]],
    ["segment", "Segment", segment && segmentWords[segment]],
    ["delivery_type", "Delivery", delivery_type && deliveryWords[delivery_type]],
    ["source", "Made by", source && sourceWords[source]],
    ["guardrail", "Guard-rail", guardrail && guardrailWords[guardrail]],
    ["from", "From", from],
    ["to", "To", to],
  ];
  return shown.flatMap(([name, label, value]) =>
    value ? [{ label, value, without: quotesHref(query, { [name]: "" }) }] : [],
  );
}
