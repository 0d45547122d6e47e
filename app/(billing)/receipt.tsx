import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "#components/ui/card";
import { formatMicros, formatNumber } from "#components/ui/format";
import type { Topup } from "#lib/billing/schema";

const packageWords = { starter: "Starter package", growth: "Growth package", scale: "Scale package" };

/** Cents as dollars, such as $45.00. */
export const formatCents = (cents: number) => formatMicros(cents * 10_000);

/** Whether a checkout is one of the page that stands in for Stripe. */
export const isTestMoney = ({ session_id }: Topup) => session_id?.startsWith("cs_local_") ?? false;

/** Says, wherever test money is used, that it is. */
export function TestMoney() {
  return (
    <p className="overflow-hidden rounded-lg border border-warning/40 bg-warning-soft text-warning">
      <span
        aria-hidden
        className="block h-2 bg-[repeating-linear-gradient(135deg,var(--warning)_0_10px,transparent_10px_20px)]"
      />
      <span className="flex gap-2.5 px-3.5 py-3">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          <strong className="block font-semibold">Test money</strong>
          No card is charged: this checkout stands in for Stripe because this instance has no Stripe key.
        </span>
      </span>
    </p>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 px-4 py-2.5">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="text-right tabular-nums [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** What is bought, for whom and for how much; more lines stand below. */
export function Receipt({ topup, organization, balance }: { topup: Topup; organization: string; balance?: number }) {
  return (
    <Card>
      <dl className="divide-y">
        <Line label={topup.package ? packageWords[topup.package] : "Credits"}>
          {formatNumber(topup.credits)} credits
        </Line>
        <Line label="For">{organization}</Line>
        <Line label="Total">
          <strong className="font-semibold">{formatCents(topup.amount_cents)}</strong>
        </Line>
        {balance === undefined ? null : (
          <Line label="Balance now">
            <strong className="font-semibold">{formatNumber(balance)} credits</strong>
          </Line>
        )}
      </dl>
    </Card>
  );
}
