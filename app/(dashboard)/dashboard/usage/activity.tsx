import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Pager } from "#components/ui/pager";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { UsageActivity } from "#lib/usage/schema";
import { type UsageQuery, usageHref } from "./query";

const typeWords: Record<string, string> = {
  invocation: "Invocation",
  package_upload: "Package",
  deployment: "Deployment",
  credit_topup: "Top-up",
  member_invited: "Invitation",
  key_created: "Key",
};

type ActivityProps = { events: UsageActivity["events"]; hasNext: boolean; query: UsageQuery };

/** What happened in the organization, newest first, whatever the range above says. */
export function Activity({ events, hasNext, query }: ActivityProps) {
  const hrefOf = (page: number) => usageHref(query, { page }, "#activity");
  return (
    <div id="activity" className="grid min-w-0 grid-cols-1 scroll-mt-20">
      <Section title="Activity" description="Everything but single API calls, newest first.">
        {events.length > 0 ? (
          <Events events={events} />
        ) : query.page > 1 ? (
          <EmptyState
            title="The list ends before this page"
            level={3}
            action={<ButtonLink href={hrefOf(1)}>To the newest</ButtonLink>}
          >
            There is nothing this old.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing has happened yet" level={3}>
            Invocations, uploads, deployments, top-ups, invitations and new keys are listed here.
          </EmptyState>
        )}
        <Pager label="Pages of the activity" page={query.page} hasNext={hasNext} hrefOf={hrefOf} />
      </Section>
    </div>
  );
}

function Events({ events }: Pick<ActivityProps, "events">) {
  return (
    <Table label="Activity">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Description</Th>
          <Th className="text-right">Credits</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Tr key={event.id}>
            <Td>
              <span>
                <Badge>{typeWords[event.type] ?? event.type}</Badge>
              </span>
            </Td>
            <Td className="[overflow-wrap:anywhere] sm:w-3/5">{event.description}</Td>
            <Td label="Credits" className="tabular-nums sm:text-right">
              {event.value === undefined ? "–" : formatNumber(event.value)}
            </Td>
            <Td label="When" className="text-muted-foreground sm:text-right">
              <RelativeTime value={event.timestamp} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
