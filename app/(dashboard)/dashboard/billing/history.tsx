import { Download } from "lucide-react";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { ButtonLink, buttonVariants } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Pager } from "#components/ui/pager";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { CreditTransaction } from "#lib/billing/schema";
import { HistoryFilters } from "./history-filters";
import { type BillingQuery, billingHref, csvHref } from "./query";
import { typeWords } from "./words";

type HistoryProps = {
  transactions: CreditTransaction[];
  hasNext: boolean;
  query: BillingQuery;
  /** What is wrong with the filter in the address. */
  problem: string | null;
};

/** Every movement of credits with the balance after it, newest first. */
export function History({ transactions, hasNext, query, problem }: HistoryProps) {
  const { type, from, to, page } = query;
  const hrefOf = (next: number) => billingHref(query, { page: next }, "#history");
  const clear = (
    <ButtonLink href={billingHref(query, { type: "", from: "", to: "", page: 1 })} scroll={false}>
      Clear the filter
    </ButtonLink>
  );
  return (
    <div id="history" className="grid min-w-0 grid-cols-1 scroll-mt-20">
      <Section
        title="History"
        description="Every movement with the exact balance after it. Days are UTC."
        actions={
          problem ? null : (
            <a href={csvHref(query)} download className={buttonVariants({ size: "md" })}>
              <Download aria-hidden />
              CSV of all rows
            </a>
          )
        }
      >
        <HistoryFilters filter={{ type, from, to }} />
        {problem ? (
          <div className="grid justify-items-start gap-3">
            <Alert tone="danger" className="w-full">
              This filter does not work. {problem}.
            </Alert>
            {clear}
          </div>
        ) : transactions.length > 0 ? (
          <HistoryTable transactions={transactions} />
        ) : page > 1 ? (
          <EmptyState
            title="The history ends before this page"
            level={3}
            action={<ButtonLink href={hrefOf(1)}>To the newest</ButtonLink>}
          >
            There is nothing this old.
          </EmptyState>
        ) : type || from || to ? (
          <EmptyState title="No movement matches" level={3} action={clear}>
            Nothing of this type happened in these days.
          </EmptyState>
        ) : (
          <EmptyState title="No credits have moved yet" level={3}>
            Grants, purchases, what calls cost and what is given back is listed here.
          </EmptyState>
        )}
        {problem ? null : <Pager label="Pages of the history" page={page} hasNext={hasNext} hrefOf={hrefOf} />}
      </Section>
    </div>
  );
}

function HistoryTable({ transactions }: { transactions: CreditTransaction[] }) {
  return (
    <Table label="Credit history">
      <thead>
        <tr>
          <Th>Type</Th>
          <Th>Description</Th>
          <Th className="text-right">Amount</Th>
          <Th className="text-right">Balance after</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {transactions.map((row) => (
          <Tr key={row.id}>
            <Td>
              <span>
                <Badge tone={typeWords[row.type].tone}>{typeWords[row.type].label}</Badge>
              </span>
            </Td>
            <Td className="[overflow-wrap:anywhere] sm:w-2/5">{row.description}</Td>
            <Td
              label="Amount"
              className={cn("font-medium tabular-nums sm:text-right", row.amount > 0 && "text-success")}
            >
              {row.amount > 0 ? "+" : "−"}
              {formatNumber(Math.abs(row.amount))}
            </Td>
            <Td label="Balance after" className="tabular-nums sm:text-right">
              {formatNumber(row.balance_after)}
            </Td>
            <Td label="When" className="text-muted-foreground sm:text-right">
              <RelativeTime value={row.created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
