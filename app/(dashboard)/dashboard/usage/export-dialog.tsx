"use client";

import { Form } from "@base-ui/react/form";
import { Download } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button, buttonVariants } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { CreatedExport, ExportFormat } from "#lib/usage/export/schema";
import { createExportAction } from "./actions";

const formats = [
  { value: "csv" as const, label: "CSV", detail: "For spreadsheets" },
  { value: "json" as const, label: "JSON", detail: "For programs" },
];

type ExportDialogProps = { startDate: string; endDate: string; onClose: () => void };

/** Asks for format and days, and answers with a link. */
export function ExportDialog({ startDate, endDate, onClose }: ExportDialogProps) {
  const formId = useId();
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [made, setMade] = useState<CreatedExport | null>(null);
  const { run, isPending, failure } = useAction(createExportAction, { onSuccess: setMade });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Export usage"
      description="Every row of these days (UTC), both included, except API calls, which are only counted. At most 366 days."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            {made ? "Done" : "Cancel"}
          </Button>
          <Button type="submit" form={formId} variant={made ? "secondary" : "primary"} pending={isPending}>
            {made ? "Make another link" : "Make link"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Form<{ startDate: string; endDate: string }>
          id={formId}
          errors={failure?.fields}
          onFormSubmit={(days) => run({ format, ...days })}
          className="grid gap-4 sm:grid-cols-2"
        >
          <Field name="startDate" label="First day">
            <Input type="date" required defaultValue={startDate} />
          </Field>
          <Field name="endDate" label="Last day">
            <Input type="date" required defaultValue={endDate} />
          </Field>
          <Field name="format" label="Format" className="sm:col-span-2">
            <Select value={format} onValueChange={setFormat} options={formats} />
          </Field>
        </Form>
        {made ? <ExportLink key={made.downloadUrl} made={made} /> : null}
      </div>
    </Dialog>
  );
}

function ExportLink({ made }: { made: CreatedExport }) {
  const source = useRef<HTMLInputElement>(null);
  const until = new Date(made.expiresAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div className="grid gap-2 border-t pt-4">
      <div className="flex flex-wrap gap-2">
        <a href={made.downloadUrl} download className={buttonVariants({ variant: "primary" })}>
          <Download aria-hidden />
          Download
        </a>
        <div className="flex min-w-0 flex-1 gap-2">
          <Input
            ref={source}
            readOnly
            value={made.downloadUrl}
            aria-label="Download link"
            className="font-mono text-xs"
          />
          <CopyButton text={made.downloadUrl} source={source} label="Copy download link" />
        </div>
      </div>
      <Alert tone="info">Whoever has this link can download the file without signing in, until {until}.</Alert>
    </div>
  );
}
