import { Alert } from "#components/ui/alert";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import type { CreditBalance } from "#lib/billing/schema";
import type { Balance } from "#lib/ledger/schema";
import { type Burn, burnDays } from "./burn";

type BalanceCardProps = { balance: CreditBalance; ledger: Balance; burn: Burn };

/** What there is, what of it is set aside, how fast it goes and how long it lasts. */
export function BalanceCard({ balance, ledger, burn }: BalanceCardProps) {
  const held = balance.credits - ledger.availableCredits;
  const { last_topped_up: toppedUp } = balance;
  const figures = [
    {
      label: "Balance",
      value: formatNumber(balance.credits),
      note: toppedUp ? (
        <>
          topped up <RelativeTime value={toppedUp} />
        </>
      ) : (
        "credits, never topped up"
      ),
    },
    {
      label: "Available now",
      value: formatNumber(ledger.availableCredits),
      note: held > 0 ? `${formatNumber(held)} held for calls under way or begun` : "nothing is held",
    },
    {
      label: "Burn rate",
      value: `${formatNumber(burn.perDay)} / day`,
      note: (
        <Link href="/dashboard/usage" className="rounded-sm underline decoration-border underline-offset-2">
          last {burnDays} days
        </Link>
      ),
    },
    {
      label: "Lasts for",
      value: burn.daysLeft === null ? "–" : burn.daysLeft > 999 ? "years" : `${formatNumber(burn.daysLeft)} days`,
      note:
        burn.daysLeft === null
          ? "nothing was used lately"
          : `${formatNumber(balance.usage_this_month)} used this month`,
    },
  ];
  return (
    <div className="grid grid-cols-1 gap-3">
      {balance.status === "past_due" ? (
        <Alert tone="danger">
          <strong className="font-semibold">{formatNumber(balance.credits_owed)} credits are owed.</strong> Top-ups were
          refunded or disputed after their credits had been spent. The next purchase pays this back first; until then
          automatic top-ups rest.
        </Alert>
      ) : null}
      <Card>
        <dl className="grid grid-cols-2 lg:grid-cols-4">
          {figures.map(({ label, value, note }, index) => (
            <div
              key={label}
              className={[
                "grid content-start gap-0.5 px-4 py-3.5",
                index % 2 === 1 ? "border-l" : "lg:not-first:border-l",
                index > 1 ? "max-lg:border-t" : "",
              ].join(" ")}
            >
              <dt className="text-muted-foreground">{label}</dt>
              <dd className="truncate font-semibold text-2xl tabular-nums tracking-tight">{value}</dd>
              <dd className="text-muted-foreground text-xs">{note}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}
