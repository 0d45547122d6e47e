"use client";

import { Form } from "@base-ui/react/form";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { invocationCredits, plural } from "../../words";
import { CallOutcome } from "./call-outcome";
import { CallSnippets } from "./call-snippets";
import { SchemaField } from "./schema-field";
import { formOf, initialValues, inputOf } from "./schema-form";
import { useInvoke } from "./use-invoke";

type InvokePanelProps = { appId: string; inputSchema: Record<string, unknown> | undefined };

/** Calls the deployed version with an input that its own schema asks for, and shows the same call for programs. */
export function InvokePanel({ appId, inputSchema }: InvokePanelProps) {
  const router = useRouter();
  const form = formOf(inputSchema);
  const [values, setValues] = useState(() => initialValues(form));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { state, invoke } = useInvoke(appId, router.refresh);
  const { input, problems: typed } = inputOf(form, values);

  function onSubmit() {
    setProblems(typed);
    if (Object.keys(typed).length === 0) void invoke(input);
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
        <CallSnippets appId={appId} input={input ?? ""} />
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
