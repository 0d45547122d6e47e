import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";
import { listAccounts } from "#lib/account-pool/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { ChoiceChips } from "../projects/choice-chips";
import { Hints } from "../projects/hints";
import { TextFilter } from "../projects/text-filter";
import { optionsOf } from "../projects/words";
import { AccountTable } from "./account-table";
import { AddAccountButton } from "./add-account-button";
import { BestAccount } from "./best-account";
import { FirstAccount } from "./first-account";
import { ImportAccountsButton } from "./import-accounts-button";
import { accountsHref, accountsPath, chipsOf, matchingAccounts, readAccountsQuery } from "./query";
import { explainBest } from "./why";
import { accountWords, platformWords } from "./words";

export const metadata: Metadata = { title: "Accounts" };

const perPage = 50;

export default async function AccountsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const { data: accounts } = await listAccounts(ctx);
  const query = readAccountsQuery(params);
  const matching = matchingAccounts(accounts, query);
  const shown = matching.slice((query.page - 1) * perPage, query.page * perPage);
  const isCreating = single(params.create) === "1";
  const { status, platform, sort } = query;
  const platforms = optionsOf(platformWords).filter(({ value }) => accounts.some((one) => one.platform === value));

  return (
    <Page
      title="Accounts"
      description="The AI accounts you work with, their credits, and which one is best now. Baton signs up nowhere: it keeps your books."
      actions={
        <>
          <ImportAccountsButton />
          <AddAccountButton isMain key={String(isCreating)} opensAtOnce={isCreating} />
        </>
      }
    >
      {accounts.length === 0 ? (
        <FirstAccount />
      ) : (
        <>
          <BestAccount why={explainBest(accounts, query.wanted)} query={query} />
          <div className="grid grid-cols-1 gap-3">
            <div className="flex flex-wrap items-center gap-2">
              <TextFilter
                label="Search accounts"
                placeholder="Name, e-mail, specialization"
                text={query.q}
                path={accountsPath}
                others={{ ...(status && { status }), ...(platform && { platform }), ...(sort !== "name" && { sort }) }}
              />
              <ChoiceChips
                label="Status"
                choices={optionsOf(accountWords).map(({ value, label }) => ({
                  label,
                  count: accounts.filter((account) => account.status === value).length,
                  isCurrent: status === value,
                  href: accountsHref(query, { status: status === value ? undefined : value }),
                }))}
              />
              {platforms.length > 1 ? (
                <ChoiceChips
                  label="Platform"
                  choices={platforms.map(({ value, label }) => ({
                    label,
                    isCurrent: platform === value,
                    href: accountsHref(query, { platform: platform === value ? undefined : value }),
                  }))}
                />
              ) : null}
            </div>
            <FilterChips chips={chipsOf(query)} clear={accountsPath} />
            {shown.length > 0 ? (
              <AccountTable
                accounts={shown}
                sort={sort}
                sortHrefs={{
                  name: accountsHref(query, { sort: "name" }),
                  credits: accountsHref(query, { sort: "credits" }),
                }}
              />
            ) : (
              <EmptyState
                title={matching.length > 0 ? "The list ends before this page" : "No account matches"}
                action={<ButtonLink href={accountsPath}>Show all accounts</ButtonLink>}
              >
                {matching.length > 0 ? "There are fewer accounts than that." : "No account fits all of these filters."}
              </EmptyState>
            )}
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p aria-live="polite" className="text-muted-foreground text-xs tabular-nums">
                {shown.length} of {matching.length} {matching.length === 1 ? "account" : "accounts"}
              </p>
              <nav aria-label="Pages of the accounts" className="flex gap-2">
                {query.page > 1 ? (
                  <ButtonLink size="sm" scroll={false} href={accountsHref(query, { page: query.page - 1 })}>
                    Previous
                  </ButtonLink>
                ) : null}
                {query.page * perPage < matching.length ? (
                  <ButtonLink size="sm" scroll={false} href={accountsHref(query, { page: query.page + 1 })}>
                    Next
                  </ButtonLink>
                ) : null}
              </nav>
            </div>
          </div>
        </>
      )}
      <Hints />
    </Page>
  );
}
