"use client";

import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Section } from "#components/ui/section";
import { Select } from "#components/ui/select";
import type { IntervalAnswer } from "#lib/pricing/realised/schema";
import { kindWords } from "../../../runs/words";
import { BandBadge, GuardrailNote } from "../../badges";
import { formatPercent, formatPrice } from "../../money";
import { choicesOf, segmentWords } from "../../words";
import type { Checked } from "./priced";

const runsMin = 10;

type IntervalPanelProps = {
  interval: IntervalAnswer;
  taskType: string;
  onTaskType: (taskType: string) => void;
  onUse: (point: Checked) => void;
};

/** What the organization's own runs say of the tokens: the median and what nine in ten stay below. */
export function IntervalPanel({ interval, taskType, onTaskType, onUse }: IntervalPanelProps) {
  const kinds = choicesOf(kindWords);
  const options = kinds.some(({ value }) => value === taskType)
    ? kinds
    : [...kinds, { value: taskType, label: taskType }];
  const { p50, p90, sample_count } = interval;
  return (
    <Section
      title="From your own runs"
      description="Completed runs of this model in the last 90 days, at most 1,000."
      actions={
        <Select<string>
          aria-label="Kind of runs"
          value={taskType}
          onValueChange={onTaskType}
          options={options}
          className="w-44"
        />
      }
    >
      {p50 && p90 ? (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Point title="Median (p50)" point={p50} onUse={onUse} />
          <Point title="Nine in ten (p90)" point={p90} onUse={onUse} />
        </div>
      ) : (
        <Card className="p-4 text-muted-foreground">
          {sample_count === 0
            ? "No such run yet"
            : `${formatNumber(sample_count)} such run${sample_count === 1 ? "" : "s"} so far`}
          : an interval needs {runsMin}.
        </Card>
      )}
    </Section>
  );
}

function Point({ title, point, onUse }: { title: string; point: Checked; onUse: (point: Checked) => void }) {
  const { quote, guardrail_check } = point;
  return (
    <Card className="grid gap-1.5 p-4">
      <h3 className="font-medium">
        {title} <span className="font-normal text-muted-foreground">· {segmentWords[quote.segment]}</span>
      </h3>
      <p className="flex flex-wrap items-center gap-2 tabular-nums">
        <span className="font-semibold text-lg">{formatPrice(quote.recommended_price)}</span>
        {formatPercent(quote.gross_margin_pct)} <BandBadge band={quote.margin_band} />
      </p>
      <GuardrailNote check={guardrail_check} />
      <p className="flex flex-wrap items-center justify-between gap-2 text-muted-foreground text-xs tabular-nums">
        {formatNumber(quote.estimated_input_tokens)} in, {formatNumber(quote.estimated_output_tokens)} out
        <Button size="sm" aria-label={`Use these tokens: ${title}`} onClick={() => onUse(point)}>
          Use these tokens
        </Button>
      </p>
    </Card>
  );
}
