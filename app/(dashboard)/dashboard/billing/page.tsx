import type { Metadata } from "next";
import { Page } from "#components/ui/section";
import { getAutoTopup } from "#lib/billing/automatic";
import { listDayBalances } from "#lib/billing/balances";
import { listHistory } from "#lib/billing/history";
import { getCreditBalance } from "#lib/billing/service";
import { listTopups } from "#lib/billing/topups";
import { tenant } from "#lib/db/transaction";
import { getBalance } from "#lib/ledger/service";
import { paymentMode } from "#lib/stripe/secret";
import { getUsageChart } from "#lib/usage/service";
import type { SearchParams } from "../../../search-params";
import { requireMember } from "../../member";
import { BalanceCard } from "./balance";
import { BalanceChart } from "./balance-chart";
import { burnDays, burnOf } from "./burn";
import { History } from "./history";
import { Purchase } from "./purchase";
import { parseFilter, readBillingQuery } from "./query";
import { Topups } from "./topups";

export const metadata: Metadata = { title: "Billing" };

const rowsPerPage = 10;
const topupsPerPage = 5;
const chartDays = 30;
/** One more than a page shows tells whether there is another one. */
const pageOf = (page: number, size: number) => ({ limit: size + 1, offset: (page - 1) * size });

export default async function BillingPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const isAdmin = ctx.actor.scopes.includes("admin:write");
  const query = readBillingQuery(params);
  const filter = parseFilter(query);
  const [balance, ledger, used, balances, automatic, { topups }, { transactions }] = await Promise.all([
    getCreditBalance(ctx),
    getBalance(tenant(ctx), ctx),
    getUsageChart(ctx, burnDays),
    listDayBalances(ctx, chartDays),
    isAdmin ? getAutoTopup(ctx) : null,
    listTopups(ctx, pageOf(query.topups, topupsPerPage)),
    filter.ok ? listHistory(ctx, { ...filter.filter, ...pageOf(query.page, rowsPerPage) }) : { transactions: [] },
  ]);
  const mode = paymentMode();

  return (
    <Page title="Billing" description="Prepaid credits: what there is, how long it lasts, and where it went.">
      <BalanceCard balance={balance} ledger={ledger} burn={burnOf(ledger.availableCredits, used.data)} />
      <BalanceChart balances={balances} />
      <Purchase mode={mode} automatic={automatic} />
      <History
        transactions={transactions.slice(0, rowsPerPage)}
        hasNext={transactions.length > rowsPerPage}
        query={query}
        problem={filter.ok ? null : filter.message}
      />
      <Topups
        topups={topups.slice(0, topupsPerPage)}
        hasNext={topups.length > topupsPerPage}
        query={query}
        isLocal={mode === "local"}
      />
    </Page>
  );
}
