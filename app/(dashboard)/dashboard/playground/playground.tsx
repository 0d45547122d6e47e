"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { ChatMessage } from "#components/snippets";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import type { ModelChoice } from "../../model-choices";
import { columnsMax } from "./columns";
import { ModelColumn } from "./model-column";
import { PromptForm } from "./prompt-form";
import { useColumns } from "./use-columns";

const CodeDialog = dynamic(() => import("./code-dialog").then((module) => module.CodeDialog));

const widths = ["", "lg:grid-cols-2", "lg:grid-cols-3"];

type PlaygroundProps = { models: ModelChoice[]; firstModel: string; firstPrompt?: string };

/** A prompt shared by up to three models, with their answers side by side. */
export function Playground({ models, firstModel, firstPrompt = "" }: PlaygroundProps) {
  const { columns, add, remove, chooseModel, stop, stopAll, askAll } = useColumns(firstModel);
  const [system, setSystem] = useState("");
  const [prompt, setPrompt] = useState(firstPrompt);
  const [codeOf, setCodeOf] = useState<string | null>(null);
  const isStreaming = columns.some((column) => column.status === "streaming");
  const messages: ChatMessage[] = [
    ...(system.trim() === "" ? [] : [{ role: "system" as const, content: system }]),
    { role: "user" as const, content: prompt },
  ];

  function addColumn() {
    const isUsed = (id: string) => columns.some((column) => column.model === id);
    add(models.find((model) => !isUsed(model.id))?.id ?? firstModel);
  }

  return (
    <div className="grid gap-4">
      <PromptForm
        system={system}
        onSystemChange={setSystem}
        prompt={prompt}
        onPromptChange={setPrompt}
        isStreaming={isStreaming}
        onStop={stopAll}
        onSend={() => askAll(messages)}
      >
        <Button onClick={addColumn} disabled={columns.length >= columnsMax || isStreaming}>
          <Plus aria-hidden />
          Add model
        </Button>
      </PromptForm>
      <div className={cn("grid items-start gap-4", widths[columns.length - 1])}>
        {columns.map((column) => (
          <ModelColumn
            key={column.id}
            column={column}
            models={models}
            onModelChange={(model) => chooseModel(column.id, model)}
            onStop={() => stop(column.id)}
            onRemove={columns.length > 1 ? () => remove(column.id) : null}
            onShowCode={() => setCodeOf(column.model)}
          />
        ))}
      </div>
      {codeOf ? (
        <CodeDialog
          model={codeOf}
          messages={prompt.trim() === "" ? [{ role: "user", content: "Say hello." }] : messages}
          onClose={() => setCodeOf(null)}
        />
      ) : null}
    </div>
  );
}
