"use client";

import { Form } from "@base-ui/react/form";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import type { QuoteChoice } from "../../../../quote-choices";
import { QuoteSelect } from "../../../../quote-select";
import { invocationCredits, plural } from "../../words";
import { CallOutcome } from "./call-outcome";
import { CallSnippets } from "./call-snippets";
import { SchemaField } from "./schema-field";
import { formOf, initialValues, inputOf } from "./schema-form";
import { useInvoke } from "./use-invoke";

type InvokePanelProps = {
  appId: string;
  inputSchema: Record<string, unknown> | undefined;
  /** Null where calls cannot be sold under one. */
  quotes: QuoteChoice[] | null;
};

/** Calls the deployed version with an input that its own schema asks for, and shows the same call for programs. */
export function InvokePanel({ appId, inputSchema, quotes }: InvokePanelProps) {
  const router = useRouter();
  const form = formOf(inputSchema);
  const [values, setValues] = useState(() => initialValues(form));
  const [quoteId, setQuoteId] = useState("");
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { state, invoke } = useInvoke(appId, router.refresh);
  const { input, problems: typed } = inputOf(form, values);

  function onSubmit() {
    setProblems(typed);
    if (Object.keys(typed).length === 0) void invoke(input, quoteId);
  }

  return (
    <div className="grid min-w-0 grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card className="min-w-0 p-4">
        <Form
          errors={{ ...problems, ...refused(state.failure?.fields ?? {}) }}
          onFormSubmit={onSubmit}
          className="grid gap-4"
        >
          {form.fields.map((field) => (
            <SchemaField
              key={field.name}
              field={field}
              value={values[field.name] ?? ""}
              onChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          ))}
          {quotes && quotes.length > 0 ? (
            <Field
              name="quote_id"
              label="Quote"
              description="The call may use at most the quoted tokens; its cost is written to the quote."
            >
              <QuoteSelect quotes={quotes} value={quoteId} onChange={setQuoteId} />
            </Field>
          ) : null}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant="primary" pending={state.status === "running"}>
              {state.status === "running" ? null : <Play aria-hidden />}
              Call
            </Button>
            <span className="text-muted-foreground text-xs">
              {plural(invocationCredits, "credit")}, given back if it fails
            </span>
          </div>
        </Form>
      </Card>
      <div className="grid min-w-0 gap-4">
        <CallOutcome state={state} />
        <CallSnippets appId={appId} input={input ?? ""} quoteId={quoteId} />
      </div>
    </div>
  );
}

/** The server names fields from the call as a whole: `input.message` is the field `message`. */
function refused(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, message]) => [path.replace(/^input\.([^.]+).*$/, "$1"), message]),
  );
}
