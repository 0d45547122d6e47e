"use client";

import { useId } from "react";
import { Card } from "#components/ui/card";
import { Input } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { Select } from "#components/ui/select";
import { choicesOf, complexityWords, deliveryWords, modelWords } from "../../words";
import type { BuilderFields, Problems } from "./fields";

const selects = [
  { name: "model", label: "Model", options: choicesOf(modelWords) },
  { name: "complexity", label: "Complexity", options: choicesOf(complexityWords) },
  { name: "delivery_type", label: "Delivery", options: choicesOf(deliveryWords) },
] as const;

const inputs = [
  { name: "estimated_input", label: "Input tokens" },
  { name: "estimated_output", label: "Output tokens" },
] as const;

type BuilderFormProps = {
  typed: BuilderFields;
  problems: Problems;
  onChange: (part: Partial<BuilderFields>) => void;
};

/** What the work needs: model, how hard it is, how it is delivered, and about how many tokens it takes. */
export function BuilderForm({ typed, problems, onChange }: BuilderFormProps) {
  const id = useId();
  return (
    <Card className="grid grid-cols-2 gap-4 p-4 sm:grid-cols-3 lg:grid-cols-5">
      {selects.map(({ name, label, options }) => (
        <div key={name} className="grid content-start gap-1.5 max-sm:first:col-span-2">
          <Label htmlFor={`${id}-${name}`}>{label}</Label>
          <Select
            id={`${id}-${name}`}
            aria-label={label}
            value={typed[name]}
            onValueChange={(value: string) => onChange({ [name]: value })}
            options={options}
          />
          <Problem text={problems[name]} />
        </div>
      ))}
      {inputs.map(({ name, label }) => (
        <div key={name} className="grid content-start gap-1.5">
          <Label htmlFor={`${id}-${name}`}>{label}</Label>
          <Input
            id={`${id}-${name}`}
            type="number"
            inputMode="numeric"
            min={0}
            max={100_000_000}
            step={1}
            value={typed[name]}
            aria-invalid={problems[name] ? true : undefined}
            aria-describedby={problems[name] ? `${id}-${name}-problem` : undefined}
            onValueChange={(value) => onChange({ [name]: value })}
            className="tabular-nums"
          />
          <Problem id={`${id}-${name}-problem`} text={problems[name]} />
        </div>
      ))}
    </Card>
  );
}

function Problem({ id, text }: { id?: string; text: string | undefined }) {
  return text ? (
    <p id={id} className="text-destructive text-xs">
      {text}
    </p>
  ) : null;
}
