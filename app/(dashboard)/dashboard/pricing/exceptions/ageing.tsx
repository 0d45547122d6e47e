import { Alert } from "#components/ui/alert";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import type { Exceptions } from "#lib/pricing/exceptions/schema";
import { riskWords } from "../words";

type AgeingProps = { aging: Exceptions["exception_aging"]; summary: string };

/** How old the open exceptions are, and what follows from it. */
export function Ageing({ aging, summary }: AgeingProps) {
  const { tone, action } = riskWords[aging.risk_level];
  const figures = [
    { label: "Open", value: formatNumber(aging.open_exceptions) },
    { label: "Oldest", value: `${formatNumber(aging.oldest_days)} d` },
    { label: "At risk (14 days or more)", value: formatNumber(aging.at_risk_count) },
  ];
  return (
    <div className="grid grid-cols-1 gap-3">
      <Card>
        <dl className="grid grid-cols-3 divide-x">
          {figures.map(({ label, value }) => (
            <div key={label} className="grid content-start gap-0.5 px-4 py-3">
              <dt className="text-muted-foreground text-xs sm:text-sm">{label}</dt>
              <dd className="font-semibold text-xl tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Alert tone={tone}>
        {summary}. {action}
      </Alert>
    </div>
  );
}
