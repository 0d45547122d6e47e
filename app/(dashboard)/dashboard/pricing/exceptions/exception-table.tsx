import { Badge } from "#components/ui/badge";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Exception } from "#lib/pricing/exceptions/schema";
import { formatPercent, formatPrice } from "../money";
import { segmentWords } from "../words";
import { CloseButton } from "./close-button";

const executiveDays = 30;

/** Exceptions with their age; open ones can be closed here. */
export function ExceptionTable({ exceptions }: { exceptions: Exception[] }) {
  return (
    <Table label="Exceptions">
      <thead>
        <tr>
          <Th>Quote</Th>
          <Th>Reason</Th>
          <Th className="text-right">Margin</Th>
          <Th>Age</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {exceptions.map((exception) => (
          <Tr key={exception.exception_id}>
            <Td>
              <span className="grid min-w-0">
                <Link
                  href={`/dashboard/pricing/quotes/${exception.quote_id}`}
                  className="truncate rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {exception.model}, {segmentWords[exception.segment]}
                  <span className="sr-only">, open the quote</span>
                </Link>
                <span className="text-muted-foreground text-xs tabular-nums">
                  {formatPrice(exception.recommended_price)}
                </span>
              </span>
            </Td>
            <Td label="Reason" className="sm:w-2/5">
              <span className="grid gap-0.5 [overflow-wrap:anywhere]">
                {exception.reason}
                {exception.closing_note ? (
                  <span className="text-muted-foreground text-xs">Closed: {exception.closing_note}</span>
                ) : null}
              </span>
            </Td>
            <Td label="Margin" className="whitespace-nowrap tabular-nums sm:text-right">
              <span className="grid">
                {formatPercent(exception.gross_margin_pct)}
                <span className="text-muted-foreground text-xs">of {formatPercent(exception.minimum_margin_pct)}</span>
              </span>
            </Td>
            <Td label="Age">
              <span className="grid justify-items-start gap-0.5">
                <AgeBadge exception={exception} />
                <span className="text-muted-foreground text-xs">
                  <RelativeTime value={exception.closed_at ?? exception.opened_at} />
                </span>
              </span>
            </Td>
            <Td className="sm:text-right">
              {exception.status === "open" ? (
                <CloseButton
                  exceptionId={exception.exception_id}
                  name={`${exception.model} for ${segmentWords[exception.segment]}`}
                />
              ) : null}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function AgeBadge({ exception: { status, age_days, at_risk } }: { exception: Exception }) {
  const days = `${age_days} day${age_days === 1 ? "" : "s"}`;
  if (status === "closed") return <Badge>Closed after {days}</Badge>;
  if (age_days >= executiveDays) return <Badge tone="danger">Critical, {days}</Badge>;
  return at_risk ? <Badge tone="warning">At risk, {days}</Badge> : <Badge tone="accent">Open {days}</Badge>;
}
