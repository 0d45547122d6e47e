"use client";

import { Form } from "@base-ui/react/form";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { ModKey } from "#components/ui/mod-key";
import { useAction } from "#components/use-action";
import type { PolicyPreview, UpdatePolicy } from "#lib/pricing/policy/schema";
import { useShortcut } from "../../../shell/use-shortcut";
import { previewPolicyAction } from "./actions";
import { changeOf, type Figures, groups, textsOf } from "./figures";
import { PreviewDialog } from "./preview-dialog";

type Asked = { change: UpdatePolicy; preview: PolicyPreview };

/** The figures as fields. A change is looked at before it is made: the preview comes first, then the new version. */
export function PolicyForm({ stored, nextVersion }: { stored: Figures; nextVersion: number }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(() => textsOf(stored));
  const [asked, setAsked] = useState<Asked | null>(null);
  const change = changeOf(stored, typed);
  const isDirty = Object.keys(change).length > 0;
  const preview = useAction(previewPolicyAction, { onSuccess: (found) => setAsked({ change, preview: found }) });
  useShortcut("mod+s", () => {
    if (isDirty && !asked) form.current?.requestSubmit();
  });

  function reset() {
    setTyped(textsOf(stored));
    setAsked(null);
    preview.clear();
  }

  return (
    <>
      <Form
        ref={form}
        errors={preview.failure?.fields}
        onFormSubmit={() => {
          if (isDirty) preview.run(change);
        }}
        className="grid gap-3"
      >
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
          {groups.map(({ title, note, rows }) => (
            <fieldset key={title} className="grid min-w-0 content-start gap-3 rounded-lg border bg-card p-4">
              <legend className="float-left grid w-full gap-0.5">
                <span className="font-medium">{title}</span>
                <span className="text-muted-foreground text-xs">{note}</span>
              </legend>
              {rows.map(({ name, label, ...bounds }) => (
                <Field key={name} name={name} label={label}>
                  <Input
                    type="number"
                    inputMode="decimal"
                    required
                    {...bounds}
                    value={typed[name] ?? ""}
                    onValueChange={(text) => setTyped((now) => ({ ...now, [name]: text }))}
                    className="tabular-nums"
                  />
                </Field>
              ))}
            </fieldset>
          ))}
        </div>
        {preview.failure ? <Alert tone="danger">{preview.failure.message}.</Alert> : null}
        {isDirty ? (
          <div className="flex flex-wrap items-center gap-2">
            <span role="status" className="mr-auto flex items-center gap-1.5 text-muted-foreground">
              Not saved yet
              <span className="hidden sm:flex">
                <ModKey then="S" />
              </span>
            </span>
            <Button onClick={reset} disabled={preview.isPending}>
              Discard
            </Button>
            <Button type="submit" variant="primary" pending={preview.isPending}>
              Preview and save
            </Button>
          </div>
        ) : null}
      </Form>
      {asked ? (
        <PreviewDialog
          {...asked}
          nextVersion={nextVersion}
          onSaved={() => {
            reset();
            toast.success(`Version ${nextVersion} is saved.`);
          }}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  );
}
