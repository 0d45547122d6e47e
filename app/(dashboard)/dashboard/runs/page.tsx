import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import { Page } from "#components/ui/section";
import { listModels } from "#lib/models/service";
import { listFilteredRuns } from "#lib/runs/list";
import type { SearchParams } from "../../../search-params";
import { requireMember } from "../../member";
import { Refresh } from "../refresh";
import { FirstRun } from "./first-run";
import { chipsOf, readRunsQuery, runsHref } from "./query";
import { RunFilters } from "./run-filters";
import { RunsTable } from "./runs-table";
import { isUnderWay } from "./words";

export const metadata: Metadata = { title: "Runs" };

const perPage = 50;

export default async function RunsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const query = readRunsQuery(params);
  const { filter, page } = query;
  const [{ items, hasNext }, models] = await Promise.all([
    listFilteredRuns(ctx, filter, { limit: perPage, offset: (page - 1) * perPage }),
    listModels(ctx),
  ]);
  const chips = chipsOf(query);
  const isFirstUse = items.length === 0 && chips.length === 0 && page === 1;
  const names = new Set([...models.map(({ name }) => name), ...(filter.model ? [filter.model] : [])]);
  const shown = { kind: "", strategy: "", status: "", model: "", from: "", to: "", text: "", ...filter };

  return (
    <Page title="Runs" description="Every piece of model work with its steps, answers, tokens and cost. Days are UTC.">
      {items.some(({ status }) => isUnderWay(status)) ? <Refresh /> : null}
      {isFirstUse ? (
        <FirstRun />
      ) : (
        <div className="grid grid-cols-1 gap-3">
          <RunFilters filter={shown} models={[...names].toSorted()} />
          <FilterChips chips={chips} clear="/dashboard/runs" />
          {items.length > 0 ? (
            <RunsTable runs={items} query={query} />
          ) : page > 1 ? (
            <EmptyState
              title="The list ends before this page"
              action={<ButtonLink href={runsHref(query, {})}>To the first page</ButtonLink>}
            >
              There is nothing this far down.
            </EmptyState>
          ) : (
            <EmptyState
              title="No run matches"
              action={<ButtonLink href="/dashboard/runs">Clear the filter</ButtonLink>}
            >
              Nothing that ran looks like this.
            </EmptyState>
          )}
          <div aria-live="polite" className="text-muted-foreground text-xs">
            {items.length > 0 ? `${items.length} shown${hasNext ? ", more on the next page" : ""}.` : null}
            {filter.text || !["newest", "oldest"].includes(filter.sort)
              ? " Texts, costs and times are looked at in the newest 10,000 runs of the other filters."
              : null}
          </div>
          <Pager
            label="Pages of the runs"
            page={page}
            hasNext={hasNext}
            hrefOf={(next) => runsHref(query, { page: next })}
          />
        </div>
      )}
    </Page>
  );
}
