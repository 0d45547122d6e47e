import { ExternalLink } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { CodeBlock } from "#components/ui/code-block";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Pager } from "#components/ui/pager";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Topup } from "#lib/billing/schema";
import { publicUrl } from "#lib/env";
import { type BillingQuery, billingHref } from "./query";
import { describeTopup, formatCents, statusWords } from "./words";

type TopupsProps = {
  topups: Topup[];
  hasNext: boolean;
  query: BillingQuery;
  /** Payments of this instance are test money, the automatic ones too, which have no checkout to tell by. */
  isLocal: boolean;
};

/** What was bought, what became of each payment, and its receipt. */
export function Topups({ topups, hasNext, query, isLocal }: TopupsProps) {
  const hrefOf = (page: number) => billingHref(query, { topups: page }, "#topups");
  return (
    <div id="topups" className="grid min-w-0 grid-cols-1 scroll-mt-20">
      <Section title="Top-ups and receipts">
        {topups.length > 0 ? (
          <TopupTable topups={topups} isLocal={isLocal} />
        ) : query.topups > 1 ? (
          <EmptyState
            title="The list ends before this page"
            level={3}
            action={<ButtonLink href={hrefOf(1)}>To the newest</ButtonLink>}
          >
            There is nothing this old.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing was bought yet" level={3}>
            <div className="grid gap-3">
              Each purchase is listed here with its receipt. A program with an admin's key begins one like this:
              <CodeBlock label="purchase" code={purchaseCommand()} className="text-left" />
            </div>
          </EmptyState>
        )}
        <Pager label="Pages of the top-ups" page={query.topups} hasNext={hasNext} hrefOf={hrefOf} />
      </Section>
    </div>
  );
}

function purchaseCommand(): string {
  return [
    `curl ${publicUrl()}/api/credits/topup \\`,
    '  -H "Authorization: Bearer $BATON_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"package": "starter"}'`,
  ].join("\n");
}

function TopupTable({ topups, isLocal }: Pick<TopupsProps, "topups" | "isLocal">) {
  return (
    <Table label="Top-ups">
      <thead>
        <tr>
          <Th>Top-up</Th>
          <Th className="text-right">Credits</Th>
          <Th className="text-right">Price</Th>
          <Th>Status</Th>
          <Th>When</Th>
          <Th className="text-right">Receipt</Th>
        </tr>
      </thead>
      <tbody>
        {topups.map((topup) => (
          <Tr key={topup.id}>
            <Td>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-medium">{describeTopup(topup)}</span>
                {topup.kind === "automatic" ? <Badge tone="accent">Automatic</Badge> : null}
                {isTestMoney(topup, isLocal) ? <Badge tone="warning">Test money</Badge> : null}
              </span>
            </Td>
            <Td label="Credits" className="tabular-nums sm:text-right">
              <span className="grid sm:justify-items-end">
                {formatNumber(topup.credits)}
                {topup.credits_taken_back > 0 ? (
                  <span className="text-muted-foreground text-xs">
                    {formatNumber(topup.credits_taken_back)} taken back
                  </span>
                ) : null}
              </span>
            </Td>
            <Td label="Price" className="tabular-nums sm:text-right">
              {formatCents(topup.amount_cents)}
            </Td>
            <Td label="Status">
              <span className="grid justify-items-start gap-0.5">
                <Badge tone={statusWords[topup.status].tone}>{statusWords[topup.status].label}</Badge>
                {topup.failure ? <span className="max-w-64 text-destructive text-xs">{topup.failure}</span> : null}
              </span>
            </Td>
            <Td label="When" className="text-muted-foreground">
              <RelativeTime value={topup.paid_at ?? topup.created_at} />
            </Td>
            <Td label="Receipt" className="sm:text-right">
              {topup.receipt_url ? (
                <a
                  href={topup.receipt_url}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={`Receipt of ${describeTopup(topup)}`}
                  className="inline-flex items-center gap-1 rounded-sm text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary"
                >
                  Receipt
                  <ExternalLink aria-hidden className="size-3.5" />
                </a>
              ) : (
                <span className="text-muted-foreground">–</span>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function isTestMoney({ kind, session_id }: Topup, isLocal: boolean): boolean {
  return session_id?.startsWith("cs_local_") || (isLocal && kind === "automatic");
}
