import type { Metadata } from "next";
import { Page } from "#components/ui/section";
import { getBillingUsage } from "#lib/orchestrator/billing";
import { getOrchestratorStatus } from "#lib/orchestrator/status";
import { getSystemStats } from "#lib/orchestrator/system";
import { utcDay } from "#lib/usage/days";
import type { SearchParams } from "../../../search-params";
import { requireMember } from "../../member";
import { Refresh } from "../refresh";
import { AdminPanels } from "./admin-panels";
import { Costs } from "./costs";
import { DayPanel } from "./day-panel";
import { HostPanel } from "./host-panel";
import { Anomalies, MixAdvice, Providers } from "./operations";
import { readMonth } from "./query";

export const metadata: Metadata = { title: "Budget" };

const refreshMs = 15_000;

export default async function BudgetPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const today = utcDay(new Date());
  const month = readMonth(params.month, today);
  const [status, usage, stats] = await Promise.all([
    getOrchestratorStatus(ctx),
    getBillingUsage(ctx, { start: month.start, end: month.end }),
    getSystemStats(ctx),
  ]);
  const isAdmin = ctx.actor.scopes.includes("admin:write");

  return (
    <Page
      title="Budget and operations"
      description="What models may cost and have cost, how close limits are, and what is unusual."
    >
      <Refresh everyMs={refreshMs} />
      <DayPanel status={status} />
      <Anomalies anomalies={status.usage_anomalies.anomalies} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Providers usage={status.provider_usage} />
        <MixAdvice mix={status.model_mix_recommendation} />
      </div>
      <Costs usage={usage} month={month} today={today} />
      {isAdmin ? (
        <AdminPanels ctx={ctx} />
      ) : (
        <p className="text-muted-foreground">Only owners and admins can change budgets, limits and alerts.</p>
      )}
      <HostPanel stats={stats} />
    </Page>
  );
}
