import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import { Page } from "#components/ui/section";
import type { Context } from "#lib/context";
import { listSessions, listSessionsOfUser } from "#lib/orchestration/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { pageIn } from "../usage/query";
import { FirstSession } from "./first-session";
import { SessionTable } from "./session-table";
import { UserFilter } from "./user-filter";

export const metadata: Metadata = { title: "Sessions" };

const perPage = 50;

async function read(ctx: Context, user: string, page: number) {
  const offset = (page - 1) * perPage;
  if (user === "") return listSessions(ctx, { limit: perPage, offset });
  const all = await listSessionsOfUser(ctx, user);
  return { items: all.slice(offset, offset + perPage), total: all.length };
}

export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const user = single(params.user).trim();
  const page = pageIn(params.page);
  const { items, total } = await read(ctx, user, page);
  const hrefOf = (next: number) => {
    const query = new URLSearchParams({ ...(user && { user }), ...(next > 1 && { page: String(next) }) }).toString();
    return `/dashboard/sessions${query ? `?${query}` : ""}`;
  };

  return (
    <Page
      title="Sessions"
      description="What your users asked for: threads, their orchestrations, and what was spent of each limit."
    >
      {items.length === 0 && user === "" && page === 1 ? (
        <FirstSession />
      ) : (
        <div className="grid grid-cols-1 gap-3">
          <UserFilter user={user} />
          <FilterChips
            chips={user ? [{ label: "User", value: user, without: "/dashboard/sessions" }] : []}
            clear="/dashboard/sessions"
          />
          {items.length > 0 ? (
            <SessionTable sessions={items} />
          ) : (
            <EmptyState
              title={page > 1 ? "The list ends before this page" : "No session matches"}
              action={<ButtonLink href={page > 1 ? hrefOf(1) : "/dashboard/sessions"}>Show all</ButtonLink>}
            >
              {page > 1 ? "There is nothing this old." : "No session has exactly this user label."}
            </EmptyState>
          )}
          <p aria-live="polite" className="text-muted-foreground text-xs">
            {total > 0 ? `${items.length} of ${total} ${total === 1 ? "session" : "sessions"}` : null}
          </p>
          <Pager label="Pages of the sessions" page={page} hasNext={page * perPage < total} hrefOf={hrefOf} />
        </div>
      )}
    </Page>
  );
}
