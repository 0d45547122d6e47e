"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/input";
import { LazyAnswer } from "../playground/lazy-answer";

/** The description of an entry as Markdown, with a preview in its place. */
export function MarkdownField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [isPreview, setIsPreview] = useState(false);
  return (
    <Field
      name="description"
      label="Description"
      description="Markdown."
      aside={
        <Button variant="link" size="inline" aria-pressed={isPreview} onClick={() => setIsPreview(!isPreview)}>
          {isPreview ? "Write" : "Preview"}
        </Button>
      }
    >
      {isPreview ? (
        <div className="max-h-80 min-h-32 overflow-y-auto rounded-md border px-2.5 py-2">
          {value.trim() ? (
            <LazyAnswer text={value} isStreaming={false} />
          ) : (
            <p className="text-muted-foreground">Nothing yet.</p>
          )}
        </div>
      ) : null}
      {/* Stays in the form while the preview shows, so that Save still finds it. */}
      <div className={isPreview ? "sr-only" : "grid"} inert={isPreview}>
        <BaseField.Control
          required
          value={value}
          maxLength={10_000}
          onValueChange={onChange}
          render={<Textarea className="max-h-80 min-h-32" />}
        />
      </div>
    </Field>
  );
}
