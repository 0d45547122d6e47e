"use client";

import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { formatNumber } from "#components/ui/format";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import type { AutoTopup } from "#lib/billing/schema";
import { updateAutoTopupAction } from "./actions";
import type { CustomPrice, PackagePrice } from "./buy-credits";
import { formatCents, packageWords } from "./words";

type Choice = PackagePrice["name"] | "custom";
type AutoTopupFormProps = { stored: AutoTopup; packages: PackagePrice[]; custom: CustomPrice };

/** Switches automatic top-ups on or off and says when, how much, and how much a day at most. */
export function AutoTopupForm({ stored, packages, custom }: AutoTopupFormProps) {
  const [enabled, setEnabled] = useState(stored.enabled);
  const [choice, setChoice] = useState<Choice>(stored.package ?? "custom");
  const [threshold, setThreshold] = useState(String(stored.threshold));
  const [credits, setCredits] = useState(String(stored.credits));
  const [dailyCap, setDailyCap] = useState(String(stored.daily_cap));
  const { run, isPending, failure } = useAction(updateAutoTopupAction, {
    onSuccess: (saved) => toast.success(saved.enabled ? "Automatic top-ups are on." : "Automatic top-ups are off."),
  });
  const options = [
    ...packages.map(({ name, credits: count, amountCents }) => ({
      value: name as Choice,
      label: `${packageWords[name]}: ${formatNumber(count)} for ${formatCents(amountCents)}`,
    })),
    { value: "custom" as const, label: "Another amount" },
  ];

  function choose(next: Choice) {
    setChoice(next);
    const bought = packages.find(({ name }) => name === next)?.credits;
    // A cap below a single top-up is refused, so it follows a larger package.
    if (bought && Number(dailyCap) < bought) setDailyCap(String(bought));
  }

  function save() {
    const purchase = choice === "custom" ? { package: null, credits: Number(credits) } : { package: choice };
    run({ enabled, threshold: Number(threshold), daily_cap: Number(dailyCap), ...purchase });
  }

  return (
    <Card className="grid grid-cols-1 gap-4 p-4">
      <Warnings stored={stored} />
      <Form errors={failure?.fields} onFormSubmit={save} className="grid grid-cols-1 gap-4">
        <Switch
          checked={enabled}
          onCheckedChange={setEnabled}
          label="Buy credits automatically"
          description="With the saved payment method, as soon as the balance falls below the threshold."
        />
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <Field name="threshold" label="When fewer credits are left than" className="content-start">
            <Input
              type="number"
              inputMode="numeric"
              required
              min={1}
              max={1_000_000}
              step={1}
              value={threshold}
              onValueChange={setThreshold}
            />
          </Field>
          <Field name="package" label="Buy" className="content-start">
            <Select value={choice} onValueChange={choose} options={options} />
          </Field>
          <Field
            name="daily_cap"
            label="At most credits a day"
            description="Counted from midnight UTC."
            className="content-start"
          >
            <Input
              type="number"
              inputMode="numeric"
              required
              min={1}
              max={10_000_000}
              step={1}
              value={dailyCap}
              onValueChange={setDailyCap}
            />
          </Field>
          {choice === "custom" ? (
            <Field
              name="credits"
              label="Credits of one top-up"
              description={
                Number(credits) >= custom.min ? formatCents(Math.round(Number(credits)) * custom.centsEach) : undefined
              }
              className="content-start sm:col-start-2"
            >
              <Input
                type="number"
                inputMode="numeric"
                required
                min={custom.min}
                max={custom.max}
                step={1}
                value={credits}
                onValueChange={setCredits}
              />
            </Field>
          ) : null}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" pending={isPending}>
            Save
          </Button>
          {enabled === stored.enabled ? null : (
            <span role="status" className="text-muted-foreground text-xs">
              Not saved yet
            </span>
          )}
        </div>
      </Form>
    </Card>
  );
}

/** What keeps automatic top-ups from working, and what to do about it. */
function Warnings({ stored }: { stored: AutoTopup }) {
  return (
    <>
      {stored.last_failure ? (
        <Alert tone="danger">
          {stored.enabled ? "The last automatic top-up failed" : "Automatic top-ups were switched off after a failure"}:{" "}
          {stored.last_failure} Buy credits once with another payment method and save this form to try again.
        </Alert>
      ) : null}
      {stored.has_payment_method ? null : (
        <Alert tone={stored.enabled ? "warning" : "info"}>
          No payment method is saved yet.{" "}
          {stored.enabled
            ? "The next purchase keeps the one it is paid with; until then nothing is bought automatically."
            : "Tick “Keep the payment method” at a purchase, or switch this on first: the next purchase then keeps it."}
        </Alert>
      )}
    </>
  );
}
