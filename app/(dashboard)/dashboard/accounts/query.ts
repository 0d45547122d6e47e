import type { Account, AccountStatus, Platform } from "#lib/account-pool/schema";
import { single } from "../../../search-params";
import { oneOf } from "../projects/words";
import { pageIn } from "../usage/query";
import type { Wanted } from "./why";
import { accountWords, platformWords } from "./words";

export const accountsPath = "/dashboard/accounts";
const minCreditsUsual = 50;

export type AccountsQuery = {
  q: string;
  status: AccountStatus | undefined;
  platform: Platform | undefined;
  sort: "name" | "credits";
  page: number;
  wanted: Wanted;
};

/** What the address asks for; what it says wrongly, or not at all, is as on a first visit. */
export function readAccountsQuery(params: Record<string, string | string[] | undefined>): AccountsQuery {
  const min = single(params.min);
  return {
    q: single(params.q).trim(),
    status: oneOf(accountWords, single(params.status)),
    platform: oneOf(platformWords, single(params.platform)),
    sort: single(params.sort) === "credits" ? "credits" : "name",
    page: pageIn(params.page),
    wanted: {
      specialization: single(params.for).trim(),
      minCredits: /^\d{1,9}$/.test(min) ? Number(min) : minCreditsUsual,
    },
  };
}

type Change = Partial<Omit<AccountsQuery, "wanted">>;

/** The address of the list with something changed, on its first page unless said otherwise. What is usual is left out. */
export function accountsHref(query: AccountsQuery, change: Change = {}): string {
  const { q, status, platform, sort, page, wanted } = { ...query, page: 1, ...change };
  const params = new URLSearchParams({
    ...(q && { q }),
    ...(status && { status }),
    ...(platform && { platform }),
    ...(sort !== "name" && { sort }),
    ...(page > 1 && { page: String(page) }),
    ...(wanted.specialization && { for: wanted.specialization }),
    ...(wanted.minCredits !== minCreditsUsual && { min: String(wanted.minCredits) }),
  });
  return params.size > 0 ? `${accountsPath}?${params}` : accountsPath;
}

/** The accounts that the address asks for, in its order. */
export function matchingAccounts(
  accounts: readonly Account[],
  { q, status, platform, sort }: AccountsQuery,
): Account[] {
  const text = q.toLowerCase();
  const found = accounts.filter(
    (account) =>
      (!status || account.status === status) &&
      (!platform || account.platform === platform) &&
      [account.account_name, account.account_email, account.specialization].some((part) =>
        part?.toLowerCase().includes(text),
      ),
  );
  return sort === "credits" ? found.toSorted((one, other) => other.credits_available - one.credits_available) : found;
}

/** Everything that narrows the list, in words. */
export function chipsOf(query: AccountsQuery): { label: string; value: string; without: string }[] {
  const { q, status, platform } = query;
  return [
    ...(q ? [{ label: "Text", value: q, without: accountsHref(query, { q: "" }) }] : []),
    ...(status
      ? [{ label: "Status", value: accountWords[status].label, without: accountsHref(query, { status: undefined }) }]
      : []),
    ...(platform
      ? [{ label: "Platform", value: platformWords[platform], without: accountsHref(query, { platform: undefined }) }]
      : []),
  ];
}
