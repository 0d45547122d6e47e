import { Download, ReceiptText } from "lucide-react";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink, buttonVariants } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { listQuotes } from "#lib/pricing/quotes/service";
import type { SearchParams } from "../../../search-params";
import { requireMember } from "../../member";
import { NewQuoteLink } from "./new-quote-link";
import { chipsOf, quotesFileHref, quotesHref, readQuotesQuery } from "./query";
import { QuoteFilters } from "./quote-filters";
import { QuoteTable } from "./quote-table";

const perPage = 50;

export default async function QuotesPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const query = readQuotesQuery(params);
  const { filter, page } = query;
  const { quotes, total } = await listQuotes(ctx, { ...filter, limit: perPage, offset: (page - 1) * perPage });
  const chips = chipsOf(query);
  const isFirstUse = total === 0 && chips.length === 0;
  const shown = { model: "", segment: "", delivery_type: "", source: "", guardrail: "", from: "", to: "", ...filter };

  return (
    <Section
      title="Quotes"
      description="Each keeps the figures and the policy it was made under. Days are UTC."
      actions={
        <span className="flex flex-wrap gap-2">
          {isFirstUse ? null : (
            <a href={quotesFileHref(query)} download className={buttonVariants({})}>
              <Download aria-hidden />
              {chips.length > 0 ? "CSV of the filter" : "CSV of all quotes"}
            </a>
          )}
          <NewQuoteLink />
        </span>
      }
    >
      {isFirstUse ? (
        <EmptyState
          icon={<ReceiptText aria-hidden />}
          title="No quotes yet"
          level={3}
          action={<ButtonLink href="/dashboard/pricing/quotes/new">Build the first quote</ButtonLink>}
        >
          Say which model the work needs and about how many tokens, and see its price in every segment with the margin
          it leaves.
        </EmptyState>
      ) : (
        <div className="grid grid-cols-1 gap-3">
          <QuoteFilters filter={shown} />
          <FilterChips chips={chips} clear="/dashboard/pricing" />
          {quotes.length > 0 ? (
            <QuoteTable quotes={quotes} />
          ) : total > 0 ? (
            <EmptyState
              title="The list ends before this page"
              level={3}
              action={<ButtonLink href={quotesHref(query, {})}>To the first page</ButtonLink>}
            >
              There is nothing this far down.
            </EmptyState>
          ) : (
            <EmptyState
              title="No quote matches"
              level={3}
              action={<ButtonLink href="/dashboard/pricing">Clear the filter</ButtonLink>}
            >
              No quote was made like this.
            </EmptyState>
          )}
          <p aria-live="polite" className="text-muted-foreground text-xs">
            {quotes.length > 0 ? `${quotes.length} of ${formatNumber(total)} shown.` : null}
          </p>
          <Pager
            label="Pages of the quotes"
            page={page}
            hasNext={page * perPage < total}
            hrefOf={(next) => quotesHref(query, { page: next })}
          />
        </div>
      )}
    </Section>
  );
}
