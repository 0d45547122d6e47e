import { ChartColumn } from "lucide-react";
import type { Metadata } from "next";
import { Alert } from "#components/ui/alert";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { Section } from "#components/ui/section";
import { getPricingHealth } from "#lib/pricing/health/service";
import { reportRealised } from "#lib/pricing/realised/service";
import { weeklyReview } from "#lib/pricing/review/weeks";
import { type SearchParams, single } from "../../../../search-params";
import { requireMember } from "../../../member";
import { Changes } from "./changes";
import { Realised } from "./realised";
import { Today } from "./today";
import { WeekCharts } from "./week-charts";

export const metadata: Metadata = { title: "Weekly review" };

/** A quarter. */
const weekCount = 13;
const ranges = [7, 30, 90, 365] as const;
const usualDays = 30;

export default async function WeeklyPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const days = ranges.find((one) => String(one) === single(params.days)) ?? usualDays;
  const [{ weeks, comparison }, realised, { health }] = await Promise.all([
    weeklyReview(ctx, weekCount),
    reportRealised(ctx, { days }),
    getPricingHealth(ctx),
  ]);
  const [current] = weeks;
  const isEmpty = weeks.every((week) => week.total_quotes + week.exceptions_created + week.exceptions_closed === 0);

  return (
    <div className="grid grid-cols-1 gap-7">
      <Section
        title="This week against the last"
        description={`Decisions and exceptions since Monday, ${current?.week ?? ""}. Weeks begin on Monday, UTC.`}
      >
        {isEmpty || !current ? (
          <EmptyState
            icon={<ChartColumn aria-hidden />}
            title="Nothing was decided in these weeks"
            level={3}
            action={<ButtonLink href="/dashboard/pricing/quotes/new">Build a quote</ButtonLink>}
          >
            Each decision counts in its week: how many there were, how many were approved, and at what margin.
          </EmptyState>
        ) : (
          <>
            {comparison.requires_review ? (
              <Alert tone="warning">Worth a look: {comparison.significant_shifts.join(", ")}.</Alert>
            ) : null}
            <Changes current={current} changes={comparison.week_over_week_changes} />
            <WeekCharts weeks={weeks.toReversed()} />
          </>
        )}
      </Section>
      <Section
        title="Quoted against realised"
        description={`Work that was done under quotes in the last ${days} days (UTC), failed attempts included.`}
        actions={
          <LinkTabs
            label="Range"
            tabs={ranges.map((one) => ({
              href: `/dashboard/pricing/weekly${one === usualDays ? "" : `?days=${one}`}`,
              label: `${one} d`,
              isCurrent: one === days,
            }))}
          />
        }
      >
        <Realised report={realised} />
      </Section>
      <Section title="Today" description="What models have cost since midnight UTC. Simulated calls cost nothing.">
        <Today health={health} />
      </Section>
    </div>
  );
}
