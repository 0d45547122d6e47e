import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { listPricedSets } from "#lib/pricing/scenarios/service";
import type { SearchParams } from "../../../../search-params";
import { requireMember } from "../../../member";
import { pageIn } from "../../usage/query";
import { CreateSetButton } from "./create-set-button";
import { FirstSet } from "./first-set";
import { SetTable } from "./set-table";

export const metadata: Metadata = { title: "Scenario sets" };

const perPage = 50;
const hrefOf = (page: number) => `/dashboard/pricing/scenarios${page > 1 ? `?page=${page}` : ""}`;

export default async function ScenarioSetsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const page = pageIn(params.page);
  const { items, hasNext } = await listPricedSets(ctx, { limit: perPage, offset: (page - 1) * perPage });

  return (
    <Section
      title="Scenario sets"
      description="The requests of a proposal under one name, at the prices of the policy in force."
      actions={<CreateSetButton isMain />}
    >
      {items.length > 0 ? (
        <SetTable sets={items} />
      ) : page > 1 ? (
        <EmptyState
          title="The list ends before this page"
          level={3}
          action={<ButtonLink href={hrefOf(1)}>To the first page</ButtonLink>}
        >
          There is nothing this far down.
        </EmptyState>
      ) : (
        <FirstSet />
      )}
      <Pager label="Pages of the scenario sets" page={page} hasNext={hasNext} hrefOf={hrefOf} />
    </Section>
  );
}
