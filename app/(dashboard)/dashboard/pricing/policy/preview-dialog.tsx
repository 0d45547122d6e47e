"use client";

import { Form } from "@base-ui/react/form";
import { useId } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { formatNumber } from "#components/ui/format";
import { Input } from "#components/ui/input";
import { useAction } from "#components/use-action";
import type { PolicyPreview, UpdatePolicy } from "#lib/pricing/policy/schema";
import { formatPercent, formatPrice } from "../money";
import { updatePolicyAction } from "./actions";
import { labelOf, textsOf } from "./figures";

type PreviewDialogProps = {
  change: UpdatePolicy;
  preview: PolicyPreview;
  nextVersion: number;
  onSaved: () => void;
  onClose: () => void;
};

type Typed = { effective_at?: string; note?: string };

/** What a change would have done to the newest quotes, and the button that makes it. */
export function PreviewDialog({ change, preview, nextVersion, onSaved, onClose }: PreviewDialogProps) {
  const formId = useId();
  const { run, isPending, failure } = useAction(updatePolicyAction, { onSuccess: onSaved });

  function save({ effective_at, note }: Typed) {
    run({
      ...change,
      ...(effective_at && { effective_at: new Date(effective_at).toISOString() }),
      ...(note?.trim() && { note: note.trim() }),
    });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={`Save as version ${nextVersion}`}
      description={
        preview.quote_count > 0
          ? `The newest ${formatNumber(preview.quote_count)} quotes, priced again under both policies. They keep their own figures.`
          : "There are no quotes yet that a change could be tried on."
      }
      className="max-w-lg"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Back
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            Save version
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Changes preview={preview} />
        <Form<Typed> id={formId} errors={failure?.fields} onFormSubmit={save} className="grid gap-4">
          <Field
            name="effective_at"
            label="From (optional)"
            description="In your own time zone; at once when left empty."
          >
            <Input type="datetime-local" className="max-w-60" />
          </Field>
          <Field name="note" label="Note (optional)">
            <Input maxLength={500} autoComplete="off" />
          </Field>
        </Form>
      </div>
    </Dialog>
  );
}

function Changes({ preview }: { preview: PolicyPreview }) {
  const texts = textsOf(preview.pricing_policy);
  const { revenue, average_margin_pct: margin, compliant_count: compliant, quote_count } = preview;
  const rows = [
    {
      label: "Prices that change",
      value: `${formatNumber(preview.changed_price_count)} of ${formatNumber(quote_count)}`,
    },
    { label: "Revenue", value: `${formatPrice(revenue.before)} → ${formatPrice(revenue.after)}` },
    { label: "Average margin", value: `${formatPercent(margin.before, 2)} → ${formatPercent(margin.after, 2)}` },
    { label: "Within the guard-rail", value: `${formatNumber(compliant.before)} → ${formatNumber(compliant.after)}` },
  ];
  return (
    <>
      <ul aria-label="Changed figures" className="grid gap-0.5 text-muted-foreground">
        {preview.changed.map((name) => (
          <li key={name}>
            {labelOf(name)} becomes <span className="font-medium text-foreground tabular-nums">{texts[name]}</span>
          </li>
        ))}
      </ul>
      {quote_count > 0 ? (
        <dl className="grid rounded-md border">
          {rows.map(({ label, value }) => (
            <div key={label} className="flex flex-wrap justify-between gap-x-4 border-b px-3 py-2 last:border-b-0">
              <dt className="text-muted-foreground">{label}</dt>
              <dd className="tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}
