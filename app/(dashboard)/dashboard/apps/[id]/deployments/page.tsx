import { Rocket } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { Pager } from "#components/ui/pager";
import { listHistory } from "#lib/deployments/history";
import { type SearchParams, single } from "../../../../../search-params";
import { requireMember } from "../../../../member";
import { Refresh } from "../../../refresh";
import { pageIn } from "../../../usage/query";
import { deploymentStatuses, deploymentWords, isUnderWay } from "../../words";
import { type AppParams, currentApp } from "../app";
import { DeploymentTable } from "./deployment-table";

export const metadata: Metadata = { title: "Deployments" };

const rowsPerPage = 20;
const busyMs = 2_000;
const idleMs = 10_000;

type DeploymentsPageProps = { params: AppParams; searchParams: SearchParams };

export default async function DeploymentsPage({ params, searchParams }: DeploymentsPageProps) {
  const [ctx, { id }, query] = await Promise.all([requireMember("agents:read"), params, searchParams]);
  await currentApp(id);
  const status = deploymentStatuses.find((each) => each === single(query.status)) ?? null;
  const page = pageIn(query.page);
  const found = await listHistory(ctx, id, { status, limit: rowsPerPage + 1, offset: (page - 1) * rowsPerPage });
  const deployments = found.slice(0, rowsPerPage);
  const isBusy = deployments.some((deployment) => isUnderWay(deployment.status));
  const hrefOf = (nextStatus: string | null, nextPage = 1) => {
    const next = new URLSearchParams({
      ...(nextStatus && { status: nextStatus }),
      ...(nextPage > 1 && { page: String(nextPage) }),
    });
    return `/dashboard/apps/${id}/deployments${next.size > 0 ? `?${next}` : ""}`;
  };

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="min-w-0">
        <LinkTabs
          label="Status"
          tabs={[null, ...deploymentStatuses].map((each) => ({
            href: hrefOf(each),
            label: each ? deploymentWords[each].label : "All",
            isCurrent: each === status,
          }))}
        />
      </div>
      {deployments.length > 0 ? (
        <DeploymentTable appId={id} deployments={deployments} />
      ) : status ? (
        <EmptyState
          title="No deployment is in this state"
          action={<ButtonLink href={hrefOf(null)}>Show all</ButtonLink>}
        >
          Others may be: this list shows only those marked “{deploymentWords[status].label}”.
        </EmptyState>
      ) : page > 1 ? (
        <EmptyState
          title="The list ends before this page"
          action={<ButtonLink href={hrefOf(null)}>To the newest</ButtonLink>}
        >
          There is nothing this old.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<Rocket aria-hidden />}
          title="Nothing was deployed yet"
          action={<ButtonLink href={`/dashboard/apps/${id}/packages`}>To the packages</ButtonLink>}
        >
          Each deployment is listed here with what it did, step by step.
        </EmptyState>
      )}
      <Pager
        label="Pages of the deployments"
        page={page}
        hasNext={found.length > rowsPerPage}
        hrefOf={(next) => hrefOf(status, next)}
      />
      <Refresh key={String(isBusy)} everyMs={isBusy ? busyMs : idleMs} />
    </div>
  );
}
