"use client";

import { CodeXml, Square, X } from "lucide-react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Select } from "#components/ui/select";
import { Skeleton } from "#components/ui/skeleton";
import type { ModelChoice } from "../../model-choices";
import type { Column } from "./columns";
import { LazyAnswer } from "./lazy-answer";
import { Measures } from "./measures";

type ModelColumnProps = {
  column: Column;
  models: ModelChoice[];
  onModelChange: (model: string) => void;
  onStop: () => void;
  /** Null for the last column, which stays. */
  onRemove: (() => void) | null;
  onShowCode: () => void;
};

/** One model: its choice, its answer, and what the answer took. */
export function ModelColumn({ column, models, onModelChange, onStop, onRemove, onShowCode }: ModelColumnProps) {
  const isStreaming = column.status === "streaming";
  const model = models.find(({ id }) => id === column.model);
  return (
    <Card className="grid min-w-0">
      <header className="flex items-center gap-1.5 border-b p-2">
        <Select
          aria-label="Model"
          value={column.model}
          onValueChange={onModelChange}
          disabled={isStreaming}
          className="min-w-0 flex-1 border-transparent bg-transparent"
          options={models.map(({ id, provider, simulated }) => ({
            value: id,
            label: id,
            detail: simulated ? `${provider}, simulated` : provider,
          }))}
        />
        {isStreaming ? (
          <Button size="iconSmall" variant="ghost" aria-label={`Stop ${column.model}`} onClick={onStop}>
            <Square aria-hidden />
          </Button>
        ) : null}
        <Button size="iconSmall" variant="ghost" aria-label={`View code for ${column.model}`} onClick={onShowCode}>
          <CodeXml aria-hidden />
        </Button>
        {onRemove ? (
          <Button size="iconSmall" variant="ghost" aria-label={`Remove ${column.model}`} onClick={onRemove}>
            <X aria-hidden />
          </Button>
        ) : null}
      </header>
      <section aria-label={`Answer of ${column.model}`} aria-busy={isStreaming} className="grid min-w-0 gap-3 p-4">
        {column.status === "idle" ? <p className="text-muted-foreground">The answer appears here.</p> : null}
        {isStreaming && column.text === "" ? <Skeleton className="h-16" /> : null}
        {column.text === "" ? null : <LazyAnswer text={column.text} isStreaming={isStreaming} />}
        {column.status === "done" && column.text === "" ? (
          <p className="text-muted-foreground">The model answered with no text.</p>
        ) : null}
        {column.status === "stopped" ? <Alert tone="info">Stopped. The answer is not complete.</Alert> : null}
        {column.error ? (
          <Alert tone="danger">
            {column.error.message}
            {column.error.requestId ? <span className="block text-xs">Request id {column.error.requestId}</span> : null}
          </Alert>
        ) : null}
      </section>
      <Measures column={column} price={model?.price ?? null} />
    </Card>
  );
}
