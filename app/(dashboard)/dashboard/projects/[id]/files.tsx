"use client";

import { Form } from "@base-ui/react/form";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Section } from "#components/ui/section";
import { Select } from "#components/ui/select";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import type { ProjectFile } from "#lib/projects/schema";
import { addFileAction } from "../actions";
import { importanceWords, optionsOf } from "../words";

const byImportance = Object.keys(importanceWords);

/** The files that the next account should know of, most important first, and a form for one more. */
export function Files({ projectId, files }: { projectId: number; files: readonly ProjectFile[] }) {
  const sorted = files.toSorted(
    (one, other) => byImportance.indexOf(one.importance) - byImportance.indexOf(other.importance),
  );
  return (
    <Section title="Files" description="What the next account should look at, most important first.">
      {sorted.length > 0 ? (
        <Table label="Files">
          <thead>
            <tr>
              <Th>File</Th>
              <Th>Importance</Th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ id, file_path, importance }) => (
              <Tr key={id}>
                <Td className="font-mono text-xs [overflow-wrap:anywhere] sm:w-4/5">{file_path}</Td>
                <Td label="Importance">
                  <span>
                    <Badge tone={importanceWords[importance].tone}>{importanceWords[importance].label}</Badge>
                  </span>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      <AddFile projectId={projectId} />
    </Section>
  );
}

function AddFile({ projectId }: { projectId: number }) {
  const [path, setPath] = useState("");
  const [importance, setImportance] = useState<ProjectFile["importance"]>("medium");
  const { run, isPending, failure } = useAction(addFileAction, { onSuccess: () => setPath("") });
  return (
    <Form
      errors={failure?.fields}
      onFormSubmit={() => run({ project_id: projectId, file_path: path, importance })}
      className="flex flex-wrap items-end gap-2"
    >
      <Field name="file_path" label="Path" className="min-w-48 flex-1">
        <Input
          required
          maxLength={1000}
          value={path}
          onValueChange={setPath}
          placeholder="src/basket.ts"
          autoComplete="off"
        />
      </Field>
      <Select
        aria-label="Importance"
        value={importance}
        onValueChange={setImportance}
        options={optionsOf(importanceWords)}
        className="w-32"
      />
      <Button type="submit" pending={isPending}>
        <Plus aria-hidden />
        Add file
      </Button>
    </Form>
  );
}
