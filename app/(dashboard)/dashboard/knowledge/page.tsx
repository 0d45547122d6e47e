import { BookOpen } from "lucide-react";
import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";
import type { Context } from "#lib/context";
import type { KnowledgeEntry } from "#lib/knowledge/schema";
import { listKnowledge } from "#lib/knowledge/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { ChoiceChips } from "../projects/choice-chips";
import { TextFilter } from "../projects/text-filter";
import { oneOf, optionsOf } from "../projects/words";
import { pageIn } from "../usage/query";
import { CreateEntryButton } from "./create-entry-button";
import { EntryCard } from "./entry-card";
import { categoryWords } from "./words";

export const metadata: Metadata = { title: "Knowledge" };

const path = "/dashboard/knowledge";
const perPage = 24;
const searchMax = 200;

type Filter = { q: string; category?: KnowledgeEntry["category"] | undefined; page?: number };

function hrefOf({ q, category, page = 1 }: Filter): string {
  const query = new URLSearchParams({
    ...(q && { q }),
    ...(category && { category }),
    ...(page > 1 && { page: String(page) }),
  });
  return query.size > 0 ? `${path}?${query}` : path;
}

/** What the search finds, best first; behind it what only begins like it, so that half a typed word finds something too. */
async function find(ctx: Context, q: string, category: KnowledgeEntry["category"] | undefined, all: KnowledgeEntry[]) {
  const ofCategory = all.filter((entry) => !category || entry.category === category);
  if (q === "") return ofCategory;
  const { data: best } = await listKnowledge(ctx, { q, category });
  const known = new Set(best.map(({ id }) => id));
  const holds = ({ title, description, tags }: KnowledgeEntry) =>
    `${title}\n${description}\n${tags}`.toLowerCase().includes(q.toLowerCase());
  return [...best, ...ofCategory.filter((entry) => !known.has(entry.id) && holds(entry))];
}

export default async function KnowledgePage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const q = single(params.q).trim().slice(0, searchMax);
  const category = oneOf(categoryWords, single(params.category));
  const page = pageIn(params.page);
  const { data: all } = await listKnowledge(ctx);
  const found = await find(ctx, q, category, all);
  const shown = found.slice((page - 1) * perPage, page * perPage);
  const isCreating = single(params.create) === "1";

  return (
    <Page
      title="Knowledge"
      description="What your accounts learned: it is suggested in new sessions and sent along with hand-overs."
      actions={<CreateEntryButton key={String(isCreating)} opensAtOnce={isCreating} />}
    >
      <div className="grid grid-cols-1 gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <TextFilter
            label="Search the knowledge base"
            placeholder="Words, tags"
            text={q}
            path={path}
            others={category ? { category } : {}}
          />
          <ChoiceChips
            label="Category"
            choices={optionsOf(categoryWords).map(({ value, label }) => ({
              label,
              count: all.filter((entry) => entry.category === value).length,
              isCurrent: category === value,
              href: hrefOf({ q, category: category === value ? undefined : value }),
            }))}
          />
        </div>
        <FilterChips
          chips={[
            ...(q ? [{ label: "Text", value: q, without: hrefOf({ q: "", category }) }] : []),
            ...(category ? [{ label: "Category", value: categoryWords[category], without: hrefOf({ q }) }] : []),
          ]}
          clear={path}
        />
        {shown.length > 0 ? (
          <ul aria-label="Entries" className="grid grid-cols-1 gap-3 lg:grid-cols-2">
            {shown.map((entry) => (
              <li key={entry.id} className="grid min-w-0">
                <EntryCard entry={entry} search={q} tagHref={(tag) => hrefOf({ q: tag, category })} />
              </li>
            ))}
          </ul>
        ) : all.length === 0 ? (
          <EmptyState icon={<BookOpen aria-hidden />} title="Nothing is written down yet">
            Add a pattern, the solution of an error, or a tip. New sessions suggest what fits their objectives.
          </EmptyState>
        ) : (
          <EmptyState
            title={found.length > 0 ? "The list ends before this page" : "No entry matches"}
            action={<ButtonLink href={path}>Show all entries</ButtonLink>}
          >
            {found.length > 0 ? "There are fewer entries than that." : "No entry has these words in this category."}
          </EmptyState>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p aria-live="polite" className="text-muted-foreground text-xs tabular-nums">
            {shown.length} of {found.length} {found.length === 1 ? "entry" : "entries"}
          </p>
          <nav aria-label="Pages of the entries" className="flex gap-2">
            {page > 1 ? (
              <ButtonLink size="sm" scroll={false} href={hrefOf({ q, category, page: page - 1 })}>
                Previous
              </ButtonLink>
            ) : null}
            {page * perPage < found.length ? (
              <ButtonLink size="sm" scroll={false} href={hrefOf({ q, category, page: page + 1 })}>
                Next
              </ButtonLink>
            ) : null}
          </nav>
        </div>
      </div>
    </Page>
  );
}
