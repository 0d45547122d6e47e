import type { Metadata } from "next";
import { Alert } from "#components/ui/alert";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { getPolicy, listPolicies } from "#lib/pricing/policy/service";
import type { SearchParams } from "../../../../search-params";
import { requireMember } from "../../../member";
import { pageIn } from "../../usage/query";
import { PolicyFacts } from "./policy-facts";
import { PolicyForm } from "./policy-form";
import { VersionTable } from "./version-table";

export const metadata: Metadata = { title: "Policy" };

const perPage = 20;
const hrefOf = (page: number) => `/dashboard/pricing/policy${page > 1 ? `?page=${page}` : ""}`;

export default async function PolicyPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const page = pageIn(params.page);
  const [policy, { versions }] = await Promise.all([
    getPolicy(ctx),
    listPolicies(ctx, { limit: perPage, offset: (page - 1) * perPage }),
  ]);
  const isAdmin = ctx.actor.scopes.includes("admin:write");
  const [next] = policy.scheduled;

  return (
    <div className="grid grid-cols-1 gap-7">
      <Section
        title={policy.version > 0 ? `Policy version ${policy.version}` : "Default policy"}
        description={
          isAdmin
            ? "Every new price is made under it. Quotes that were made keep their figures."
            : "Every new price is made under it. Only owners and admins can change it."
        }
      >
        {next?.effective_at ? (
          <Alert tone="info">
            Version {next.version} takes effect <RelativeTime value={next.effective_at} />.
          </Alert>
        ) : null}
        {isAdmin ? (
          <PolicyForm
            key={policy.version}
            stored={policy.pricing_policy}
            nextVersion={Math.max(policy.version, ...policy.scheduled.map(({ version }) => version)) + 1}
          />
        ) : (
          <PolicyFacts figures={policy.pricing_policy} />
        )}
      </Section>
      <Section title="Versions" description="Never changed or removed, newest first.">
        {versions.length > 0 ? (
          <VersionTable versions={versions} />
        ) : (
          <EmptyState
            title="The list ends before this page"
            level={3}
            action={<ButtonLink href={hrefOf(1)}>To the newest</ButtonLink>}
          >
            There is nothing this old.
          </EmptyState>
        )}
        <Pager label="Pages of the versions" page={page} hasNext={versions.length === perPage} hrefOf={hrefOf} />
      </Section>
    </div>
  );
}
