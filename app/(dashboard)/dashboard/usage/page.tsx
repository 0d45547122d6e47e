import { ChartColumn } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { Page, Section } from "#components/ui/section";
import { getOnboarding } from "#lib/overview/service";
import { getUsageBreakdown } from "#lib/usage/breakdown";
import { getBudget } from "#lib/usage/budget/service";
import { lastDays } from "#lib/usage/days";
import { getUsageChart, getUsageMetrics, listUsageActivity } from "#lib/usage/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { FirstRequest } from "../first-request";
import { Activity } from "./activity";
import { Breakdown } from "./breakdown";
import { BudgetPanel } from "./budget-panel";
import { ExportButton } from "./export-button";
import { MetricCards } from "./metric-cards";
import { columnsOf, daysPerColumn } from "./periods";
import { ranges, readUsageQuery, usageHref } from "./query";
import { UsageChart } from "./usage-chart";

export const metadata: Metadata = { title: "Usage" };

const eventsPerPage = 10;
const groupsMax = 10;
const rangeWords = { 7: "7 days", 30: "30 days", 90: "90 days", 365: "1 year" };

export default async function UsagePage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const query = readUsageQuery(params);
  const { days, by, page } = query;
  // One moment for all, so that midnight cannot come between two figures.
  const at = new Date();
  const [metrics, chart, breakdown, activity, { budget }, onboarding] = await Promise.all([
    getUsageMetrics(ctx, at, days),
    getUsageChart(ctx, 2 * days, at),
    getUsageBreakdown(ctx, { by, days, limit: groupsMax }, at),
    listUsageActivity(ctx, { limit: eventsPerPage + 1, offset: (page - 1) * eventsPerPage }),
    getBudget(ctx),
    getOnboarding(ctx),
  ]);
  const isAdmin = ctx.actor.scopes.includes("admin:write");
  const { from, to } = lastDays(days, at);
  const invocations = columnsOf(chart.data, "invocations", days, to);
  const credits = columnsOf(chart.data, "credits", days, to);
  const isEmpty = chart.data.slice(days).every((day) => day.invocations === 0 && day.credits === 0);
  const tabs = ranges.map((range) => ({
    label: rangeWords[range],
    href: usageHref(query, { days: range }),
    isCurrent: range === days,
  }));

  return (
    <Page
      title="Usage"
      description="What was used, by whom and for how many credits."
      actions={
        <>
          <LinkTabs label="Range" tabs={tabs} />
          <ExportButton
            key={single(params.export)}
            startDate={from}
            endDate={to}
            opensAtOnce={single(params.export) === "1"}
          />
        </>
      }
    >
      <MetricCards
        metrics={metrics}
        days={days}
        links={{
          credits: `/dashboard/billing?type=usage&from=${from}&to=${to}#history`,
          invocations: usageHref(query, { by: "model" }, "#breakdown"),
          apiCalls: usageHref(query, { by: "key" }, "#breakdown"),
          packages: usageHref(query, {}, "#activity"),
        }}
      />
      <Section title="Over time">
        {isEmpty ? (
          <EmptyState
            icon={<ChartColumn aria-hidden />}
            level={3}
            title={onboarding.hasRun ? `Nothing was used in these ${days} days` : "Nothing was used yet"}
            action={
              onboarding.hasRun && days < 365 ? (
                <ButtonLink href={usageHref(query, { days: 365 })}>Show the last year</ButtonLink>
              ) : null
            }
          >
            {onboarding.hasRun ? (
              "Try a longer range."
            ) : (
              <div className="grid gap-3">
                Send a first request and it shows up here within a second.
                <div className="text-left">
                  <FirstRequest canCreateKey={isAdmin} />
                </div>
              </div>
            )}
          </EmptyState>
        ) : (
          <UsageChart
            invocations={invocations}
            credits={credits}
            days={days}
            per={daysPerColumn(days) === 1 ? "day" : "week"}
          />
        )}
      </Section>
      {isEmpty && !onboarding.hasRun ? null : <Breakdown breakdown={breakdown} query={query} />}
      <BudgetPanel budget={budget} isAdmin={isAdmin} />
      <Activity
        events={activity.events.slice(0, eventsPerPage)}
        hasNext={activity.events.length > eventsPerPage}
        query={query}
      />
    </Page>
  );
}
