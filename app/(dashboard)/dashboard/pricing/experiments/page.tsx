import { FlaskConical } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { listExperiments } from "#lib/pricing/experiments/service";
import type { SearchParams } from "../../../../search-params";
import { requireMember } from "../../../member";
import { pageIn } from "../../usage/query";
import { CreateExperimentButton } from "./create-experiment-button";
import { ExperimentTable } from "./experiment-table";

export const metadata: Metadata = { title: "Experiments" };

const perPage = 50;
const hrefOf = (page: number) => `/dashboard/pricing/experiments${page > 1 ? `?page=${page}` : ""}`;

export default async function ExperimentsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const page = pageIn(params.page);
  const { experiments, pagination } = await listExperiments(ctx, { limit: perPage, offset: (page - 1) * perPage });

  return (
    <Section
      title="Experiments"
      description="Price some customers with another markup and see whether they still approve."
      actions={<CreateExperimentButton isMain />}
    >
      {experiments.length > 0 ? (
        <ExperimentTable experiments={experiments} />
      ) : pagination.total > 0 ? (
        <EmptyState
          title="The list ends before this page"
          level={3}
          action={<ButtonLink href={hrefOf(1)}>To the first page</ButtonLink>}
        >
          There is nothing this far down.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<FlaskConical aria-hidden />}
          title="No experiments yet"
          level={3}
          action={<CreateExperimentButton />}
        >
          Each customer gets one of two variants and keeps it. From ten decisions in each on, the result says whether to
          roll the markup out.
        </EmptyState>
      )}
      <Pager label="Pages of the experiments" page={page} hasNext={pagination.has_more} hrefOf={hrefOf} />
    </Section>
  );
}
