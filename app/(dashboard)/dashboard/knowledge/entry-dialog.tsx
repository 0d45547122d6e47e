"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { KnowledgeEntry } from "#lib/knowledge/schema";
import { optionsOf } from "../projects/words";
import { createKnowledgeAction, updateKnowledgeAction } from "./actions";
import { MarkdownField } from "./markdown-field";
import { categoryWords } from "./words";

/** The form for an entry, new or not. */
export function EntryDialog({ stored, onClose }: { stored?: KnowledgeEntry; onClose: () => void }) {
  const formId = useId();
  const [category, setCategory] = useState<KnowledgeEntry["category"]>(stored?.category ?? "tip");
  const [description, setDescription] = useState(stored?.description ?? "");
  const create = useAction(createKnowledgeAction, { onSuccess: () => done("The entry is added.") });
  const update = useAction(updateKnowledgeAction, { onSuccess: () => done("The entry is saved.") });
  const isPending = create.isPending || update.isPending;
  const failure = create.failure ?? update.failure;

  function done(message: string) {
    toast.success(message);
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={stored ? "Edit the entry" : "Add to the knowledge base"}
      className="max-w-xl"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            {stored ? "Save" : "Add entry"}
          </Button>
        </>
      }
    >
      <Form<{ title: string; tags: string }>
        id={formId}
        errors={failure?.fields}
        onFormSubmit={({ title, tags }) => {
          const entry = { category, title, description, tags };
          if (stored) update.run({ id: stored.id, ...entry });
          else create.run(entry);
        }}
        className="grid grid-cols-1 gap-4"
      >
        <Field name="title" label="Title">
          <Input required maxLength={200} defaultValue={stored?.title} autoComplete="off" />
        </Field>
        <Field name="category" label="Category">
          <Select value={category} onValueChange={setCategory} options={optionsOf(categoryWords)} />
        </Field>
        <MarkdownField value={description} onChange={setDescription} />
        <Field name="tags" label="Tags (optional)" description="Separated by commas.">
          <Input maxLength={1000} defaultValue={stored?.tags} placeholder="handoff,context" autoComplete="off" />
        </Field>
      </Form>
    </Dialog>
  );
}
