import { Download } from "lucide-react";
import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink, buttonVariants } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { getAudit } from "#lib/audit/service";
import { listKeys } from "#lib/keys/service";
import { listMembers } from "#lib/organizations/service";
import type { SearchParams } from "../../../../search-params";
import { requireMember } from "../../../member";
import { AuditFilters } from "./audit-filters";
import { AuditSettingsForm } from "./audit-settings-form";
import { AuditTable } from "./audit-table";
import { auditHref, chipsOf, filterOf, readAuditQuery } from "./query";

export const metadata: Metadata = { title: "Audit log" };

const perPage = 50;
const actorsMax = 200;

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("admin:write"), searchParams]);
  const query = readAuditQuery(params);
  const { page } = query;
  const filter = filterOf(query);
  const paging = { limit: String(perPage), offset: String((page - 1) * perPage) };
  const [{ entries, pagination, settings }, { members }, { apiKeys }] = await Promise.all([
    getAudit(ctx, { ...filter, ...paging }),
    listMembers(ctx, { limit: actorsMax }),
    listKeys(ctx, { limit: actorsMax }),
  ]);
  const actors = Object.fromEntries([
    ...members.map(({ user_id, email }) => [`user:${user_id}`, email]),
    ...apiKeys.map(({ id, name }) => [`key:${id}`, `Key “${name}”`]),
  ]) as Record<string, string>;
  const chips = chipsOf(query, (actor) => actors[actor] ?? actor);
  const exportHref = (format: string) => `/api/security/audit?${new URLSearchParams({ format, ...filter })}`;
  const { updated_at: _, ...stored } = settings;

  return (
    <div className="grid grid-cols-1 gap-8">
      <Section
        title="Audit log"
        description="Each entry carries the hash of the one before it: what was altered, removed or put in shows (npm run verify:audit)."
        actions={
          <span className="flex flex-wrap gap-2">
            {(["csv", "ndjson"] as const).map((format) => (
              // Not a Link: it leads to a file.
              <a key={format} href={exportHref(format)} download className={buttonVariants({ size: "md" })}>
                <Download aria-hidden />
                {format === "csv" ? "CSV" : "NDJSON"}
                <span className="sr-only"> of all {formatNumber(pagination.total)} entries that match</span>
              </a>
            ))}
          </span>
        }
      >
        <AuditFilters filter={query.filter} actors={actors} />
        <FilterChips chips={chips} clear="/dashboard/security/audit" />
        {entries.length > 0 ? (
          <AuditTable entries={entries} actors={actors} />
        ) : page > 1 ? (
          <EmptyState
            level={3}
            title="The log ends before this page"
            action={<ButtonLink href={auditHref(query, {})}>To the newest</ButtonLink>}
          >
            There is nothing this old.
          </EmptyState>
        ) : chips.length > 0 ? (
          <EmptyState
            level={3}
            title="No entry matches"
            action={<ButtonLink href="/dashboard/security/audit">Clear the filter</ButtonLink>}
          >
            Nothing that was noted looks like this.
          </EmptyState>
        ) : (
          <EmptyState level={3} title="Nothing is noted yet">
            {settings.enabled
              ? "Spawned agents, changes, refused calls and the use of keys are noted here."
              : "The log is off. Switch it on below."}
          </EmptyState>
        )}
        <p aria-live="polite" className="text-muted-foreground text-xs">
          {pagination.total > 0 ? `${entries.length} of ${formatNumber(pagination.total)} entries shown. ` : ""}
          Exports hold every entry of the filter.
        </p>
        <Pager
          label="Pages of the audit log"
          page={page}
          hasNext={pagination.has_more}
          hrefOf={(next) => auditHref(query, { page: next })}
        />
      </Section>
      <Section title="Settings" description="That they were changed is always noted.">
        <Card className="p-4">
          <AuditSettingsForm key={JSON.stringify(stored)} stored={stored} />
        </Card>
      </Section>
    </div>
  );
}
