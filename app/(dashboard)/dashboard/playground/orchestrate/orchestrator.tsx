"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { OrchestrationCall } from "#components/orchestration-snippets";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import type { ModelChoice } from "../../../model-choices";
import type { QuoteChoice } from "../../../quote-choices";
import { RunColumnView } from "./run-column";
import { readSettings, type TypedSettings } from "./settings";
import { columnsMax, isAtWork, winnerOf } from "./state";
import { TaskForm } from "./task-form";
import { useRuns } from "./use-runs";

const OrchestrationCodeDialog = dynamic(() => import("./code-dialog").then((module) => module.OrchestrationCodeDialog));

type OrchestratorProps = {
  models: ModelChoice[];
  quotes: QuoteChoice[];
  user: string;
  first: { prompt: string; domain: string; settings: TypedSettings };
};

/** A prompt that is worked on in rounds, under one setting or two side by side. */
export function Orchestrator({ models, quotes, user, first }: OrchestratorProps) {
  const { columns, add, remove, change, stop, stopAll, startAll } = useRuns(first.settings);
  const [prompt, setPrompt] = useState(first.prompt);
  const [domain, setDomain] = useState(first.domain);
  const [code, setCode] = useState<OrchestrationCall | null>(null);
  const atWork = columns.some(isAtWork);
  const isReady = prompt.trim() !== "" && columns.every(({ settings }) => readSettings(settings).ok);
  const winner = winnerOf(columns);

  function showCode(typed: TypedSettings) {
    const read = readSettings(typed);
    if (read.ok) setCode({ prompt: prompt.trim() || "Say hello.", domain, ...read.settings });
  }

  return (
    <div className="grid grid-cols-1 gap-4">
      <TaskForm
        prompt={prompt}
        onPromptChange={setPrompt}
        domain={domain}
        onDomainChange={setDomain}
        isAtWork={atWork}
        isReady={isReady}
        onStart={() => startAll({ prompt, domain, user })}
        onStop={stopAll}
      >
        <Button onClick={add} disabled={columns.length >= columnsMax || atWork}>
          <Plus aria-hidden />
          Compare two settings
        </Button>
      </TaskForm>
      <div className={cn("grid grid-cols-1 items-start gap-4", columns.length > 1 && "lg:grid-cols-2")}>
        {columns.map((column, index) => (
          <RunColumnView
            key={column.id}
            column={column}
            title={columns.length > 1 ? `Setting ${index + 1}` : "Setting"}
            models={models}
            quotes={quotes}
            isWinner={winner === column.id}
            onChange={(settings) => change(column.id, settings)}
            onStop={() => stop(column.id)}
            onRemove={columns.length > 1 ? () => remove(column.id) : null}
            onShowCode={() => showCode(column.settings)}
          />
        ))}
      </div>
      {code ? <OrchestrationCodeDialog call={code} onClose={() => setCode(null)} /> : null}
    </div>
  );
}
