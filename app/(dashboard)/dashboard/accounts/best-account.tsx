import { Sparkles } from "lucide-react";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Input } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { type AccountsQuery, accountsPath } from "./query";
import type { Why } from "./why";

/** The account that auto-select would take for a piece of work, and the steps that lead to it. */
export function BestAccount({ why: { best, next, reasons }, query }: { why: Why; query: AccountsQuery }) {
  const { specialization, minCredits } = query.wanted;
  const kept = {
    q: query.q,
    status: query.status,
    platform: query.platform,
    sort: query.sort === "name" ? "" : query.sort,
  };
  return (
    <Card className="grid grid-cols-1 gap-4 p-4 lg:grid-cols-[minmax(0,1fr)_auto] lg:items-start">
      <section aria-label="Best account now" className="grid min-w-0 gap-1.5">
        <h2 className="flex items-center gap-2 font-semibold">
          <Sparkles aria-hidden className="size-4 shrink-0 text-primary" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {best ? `${best.account_name} is the best account now` : "No account is good enough now"}
          </span>
        </h2>
        <details>
          <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
            Why this account
          </summary>
          <ol className="mt-1.5 grid list-decimal gap-0.5 pl-5 text-muted-foreground [overflow-wrap:anywhere]">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ol>
          {next.length > 0 ? (
            <p className="mt-1.5 text-muted-foreground [overflow-wrap:anywhere]">
              After it: {next.map((one) => `${one.account_name} (${one.credits_available})`).join(", ")}
            </p>
          ) : null}
        </details>
        {best ? null : (
          <p className="text-muted-foreground">Use backup accounts, or wait until the credits are full again.</p>
        )}
      </section>
      <form action={accountsPath} className="flex flex-wrap items-end gap-2">
        {Object.entries(kept).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <div className="grid min-w-0 gap-1 max-sm:flex-1">
          <Label htmlFor="wanted-for" className="text-xs">
            Specialization
          </Label>
          <Input
            id="wanted-for"
            name="for"
            maxLength={200}
            defaultValue={specialization}
            placeholder="any"
            className="sm:w-40"
          />
        </div>
        <div className="grid gap-1">
          <Label htmlFor="wanted-min" className="text-xs">
            Credits, at least
          </Label>
          <Input
            id="wanted-min"
            name="min"
            type="number"
            min={0}
            max={999_999_999}
            defaultValue={minCredits}
            className="w-28"
          />
        </div>
        <Button type="submit">Find</Button>
      </form>
    </Card>
  );
}
