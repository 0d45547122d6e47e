import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { listExceptions } from "#lib/pricing/exceptions/service";
import { type SearchParams, single } from "../../../../search-params";
import { requireMember } from "../../../member";
import { pageIn } from "../../usage/query";
import { Ageing } from "./ageing";
import { ExceptionTable } from "./exception-table";

export const metadata: Metadata = { title: "Exceptions" };

const perPage = 50;
const views = [
  { status: "open", label: "Open" },
  { status: "closed", label: "Closed" },
  { status: "all", label: "All" },
] as const;
type View = (typeof views)[number]["status"];

function hrefOf(view: View, page = 1): string {
  const params = new URLSearchParams();
  if (view !== "open") params.set("status", view);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return `/dashboard/pricing/exceptions${text ? `?${text}` : ""}`;
}

export default async function ExceptionsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const view = views.find(({ status }) => status === single(params.status))?.status ?? "open";
  const page = pageIn(params.page);
  const { exceptions, pagination, exception_aging, exception_alert } = await listExceptions(ctx, {
    limit: perPage,
    offset: (page - 1) * perPage,
    ...(view !== "all" && { status: view }),
  });

  return (
    <Section
      title="Exceptions"
      description="Quotes that were approved below their guard-rail. Each stays open until somebody closes it."
      actions={
        <LinkTabs
          label="Status of the exceptions"
          tabs={views.map(({ status, label }) => ({ href: hrefOf(status), label, isCurrent: status === view }))}
        />
      }
    >
      {exception_aging.open_exceptions > 0 ? (
        <Ageing aging={exception_aging} summary={exception_alert.summary} />
      ) : null}
      {exceptions.length > 0 ? (
        <ExceptionTable exceptions={exceptions} />
      ) : pagination.total > 0 ? (
        <EmptyState
          title="The list ends before this page"
          level={3}
          action={<ButtonLink href={hrefOf(view)}>To the first page</ButtonLink>}
        >
          There is nothing this far down.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<ShieldCheck aria-hidden />}
          title={
            view === "open" ? "No open exceptions" : view === "closed" ? "No closed exceptions" : "No exceptions yet"
          }
          level={3}
          action={<ButtonLink href="/dashboard/pricing/decisions">To the deal desk</ButtonLink>}
        >
          Approving what waits at the deal desk opens an exception.
        </EmptyState>
      )}
      <Pager
        label="Pages of the exceptions"
        page={page}
        hasNext={pagination.has_more}
        hrefOf={(next) => hrefOf(view, next)}
      />
    </Section>
  );
}
