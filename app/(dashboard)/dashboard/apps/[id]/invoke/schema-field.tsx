"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Field } from "#components/ui/field";
import { Input, Textarea } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { FormField } from "./schema-form";

type SchemaFieldProps = { field: FormField; value: string; onChange: (value: string) => void };

const leftOut = { value: "", label: "Left out" };
const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];
const hints: Partial<Record<FormField["kind"], string>> = { list: "One per line.", json: "As JSON." };

/** One input of a call, in the way its schema asks for. */
export function SchemaField({ field, value, onChange }: SchemaFieldProps) {
  const { name, title, description, isRequired, kind } = field;
  const words = [description, hints[kind]].filter(Boolean).join(" ");
  return (
    <Field name={name} label={isRequired ? title : `${title} (optional)`} {...(words && { description: words })}>
      <Control field={field} value={value} onChange={onChange} />
    </Field>
  );
}

function Control({ field, value, onChange }: SchemaFieldProps) {
  const { kind, isRequired, options, isLong, isWhole } = field;
  if (kind === "choice" || kind === "boolean") {
    const choices = kind === "boolean" ? yesOrNo : options;
    const withNone = isRequired && value !== "" ? choices : [leftOut, ...choices];
    return <Select value={value} onValueChange={onChange} options={withNone} />;
  }
  if (kind === "number") {
    return (
      <Input
        type="number"
        inputMode={isWhole ? "numeric" : "decimal"}
        step={isWhole ? 1 : "any"}
        required={isRequired}
        value={value}
        onValueChange={onChange}
      />
    );
  }
  if (kind === "text" && !isLong) return <Input required={isRequired} value={value} onValueChange={onChange} />;
  return (
    <BaseField.Control
      value={value}
      required={isRequired && kind !== "list"}
      onValueChange={onChange}
      render={
        <Textarea
          spellCheck={kind === "text"}
          className={kind === "json" ? "max-h-80 font-mono text-xs" : "max-h-80"}
        />
      }
    />
  );
}
