import { Gavel } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { type DecisionState, decisionStates } from "#lib/pricing/decisions/schema";
import { listDecisions } from "#lib/pricing/decisions/service";
import { type SearchParams, single } from "../../../../search-params";
import { requireMember } from "../../../member";
import { pageIn } from "../../usage/query";
import { stateWords } from "../words";
import { DecisionTable } from "./decision-table";

export const metadata: Metadata = { title: "Decisions" };

const perPage = 50;
type View = DecisionState | "all";

const views: readonly { view: View; label: string }[] = [
  { view: "waiting", label: "Waiting" },
  ...decisionStates.flatMap((view) => (view === "waiting" ? [] : [{ view, label: stateWords[view].label }])),
  { view: "all", label: "All" },
];

function hrefOf(view: View, page = 1): string {
  const params = new URLSearchParams();
  if (view !== "waiting") params.set("state", view);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return `/dashboard/pricing/decisions${text ? `?${text}` : ""}`;
}

export default async function DecisionsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const view = views.find((one) => one.view === single(params.state))?.view ?? "waiting";
  const page = pageIn(params.page);
  const { decisions, pagination } = await listDecisions(ctx, {
    limit: perPage,
    offset: (page - 1) * perPage,
    ...(view !== "all" && { state: view }),
  });

  return (
    <Section
      title={view === "waiting" ? "Deal desk" : "Decisions"}
      description={
        view === "waiting"
          ? "Quotes below their guard-rail wait here, the oldest first, until somebody approves or declines them."
          : "Every decision is kept for audit, newest first."
      }
      actions={
        <LinkTabs
          label="State of the decisions"
          tabs={views.map(({ view: one, label }) => ({ href: hrefOf(one), label, isCurrent: one === view }))}
        />
      }
    >
      {decisions.length > 0 ? (
        <DecisionTable decisions={decisions} />
      ) : pagination.total > 0 ? (
        <EmptyState
          title="The list ends before this page"
          level={3}
          action={<ButtonLink href={hrefOf(view)}>To the first page</ButtonLink>}
        >
          There is nothing this far down.
        </EmptyState>
      ) : (
        <Nothing view={view} />
      )}
      <Pager
        label="Pages of the decisions"
        page={page}
        hasNext={pagination.has_more}
        hrefOf={(next) => hrefOf(view, next)}
      />
    </Section>
  );
}

function Nothing({ view }: { view: View }) {
  const build = <ButtonLink href="/dashboard/pricing/quotes/new">Build a quote</ButtonLink>;
  if (view === "all")
    return (
      <EmptyState icon={<Gavel aria-hidden />} title="No decisions yet" level={3} action={build}>
        Decide on a quote in the builder: what meets its guard-rail is approved, the rest comes to the deal desk.
      </EmptyState>
    );
  if (view === "waiting")
    return (
      <EmptyState icon={<Gavel aria-hidden />} title="Nothing waits" level={3} action={build}>
        A decision on a quote that misses its guard-rail is escalated and shows here.
      </EmptyState>
    );
  return (
    <EmptyState title="No such decision" level={3} action={<ButtonLink href={hrefOf("all")}>Show all</ButtonLink>}>
      No decision is in this state.
    </EmptyState>
  );
}
