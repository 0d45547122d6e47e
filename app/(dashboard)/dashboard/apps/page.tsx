import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import { Page } from "#components/ui/section";
import { listAppCards } from "#lib/apps/cards";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { Refresh } from "../refresh";
import { pageIn } from "../usage/query";
import { AppCard } from "./app-card";
import { AppFilter } from "./app-filter";
import { CreateAppButton } from "./create-app-button";
import { FirstApp } from "./first-app";
import { isUnderWay } from "./words";

export const metadata: Metadata = { title: "Agent apps" };

const cardsPerPage = 24;
const busyMs = 2_000;
const idleMs = 15_000;

export default async function AppsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, query] = await Promise.all([requireMember("agents:read"), searchParams]);
  const [text, page] = [single(query.q).trim(), pageIn(query.page)];
  const found = await listAppCards(ctx, text, { limit: cardsPerPage + 1, offset: (page - 1) * cardsPerPage });
  const apps = found.slice(0, cardsPerPage);
  const isBusy = apps.some(({ deployment }) => deployment && isUnderWay(deployment.status));
  const isNew = apps.length === 0 && text === "" && page === 1;
  const isCreating = single(query.create) === "1";

  return (
    <Page
      title="Agent apps"
      description="An app has packages, of which one is deployed and answers calls."
      actions={<CreateAppButton isMain key={String(isCreating)} opensAtOnce={isCreating} />}
    >
      {isNew ? (
        <FirstApp />
      ) : (
        <div className="grid grid-cols-1 gap-3">
          <AppFilter text={text} />
          {apps.length > 0 ? (
            <ul className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
              {apps.map((app) => (
                <li key={app.id} className="grid min-w-0">
                  <AppCard app={app} />
                </li>
              ))}
            </ul>
          ) : (
            <EmptyState
              title={text ? "No app matches" : "The list ends before this page"}
              action={<ButtonLink href="/dashboard/apps">{text ? "Clear the filter" : "To the newest"}</ButtonLink>}
            >
              {text ? `No app of this organization has “${text}” in its name.` : "There are fewer apps than that."}
            </EmptyState>
          )}
          <Pager
            label="Pages of the apps"
            page={page}
            hasNext={found.length > cardsPerPage}
            hrefOf={(next) =>
              `/dashboard/apps?${new URLSearchParams({ ...(text && { q: text }), page: String(next) })}`
            }
          />
        </div>
      )}
      <Refresh key={String(isBusy)} everyMs={isBusy ? busyMs : idleMs} />
    </Page>
  );
}
