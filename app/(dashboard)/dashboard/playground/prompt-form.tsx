"use client";

import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Textarea } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { ModKey } from "#components/ui/mod-key";

type PromptFormProps = {
  system: string;
  onSystemChange: (text: string) => void;
  prompt: string;
  onPromptChange: (text: string) => void;
  isStreaming: boolean;
  onStop: () => void;
  onSend: () => void;
  /** More buttons, on the left. */
  children: ReactNode;
};

/** What every model is asked. Ctrl or Cmd with Enter sends. */
export function PromptForm({ isStreaming, onStop, onSend, children, ...props }: PromptFormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isStreaming && props.prompt.trim() !== "") onSend();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  }

  return (
    <Card>
      <form ref={form} onSubmit={submit} onKeyDown={onKeyDown} className="grid gap-3 p-4">
        <details className="group grid gap-1.5">
          <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground hover:text-foreground">
            System prompt{props.system.trim() === "" ? "" : " (set)"}
          </summary>
          <Textarea
            aria-label="System prompt"
            placeholder="How the model is to behave. Optional."
            value={props.system}
            onChange={(event) => props.onSystemChange(event.target.value)}
            className="mt-2 max-h-48"
          />
        </details>
        <div className="grid gap-1.5">
          <Label htmlFor={`${id}-prompt`}>Message</Label>
          <Textarea
            id={`${id}-prompt`}
            value={props.prompt}
            onChange={(event) => props.onPromptChange(event.target.value)}
            placeholder="Ask anything"
            className="max-h-80 min-h-24"
          />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {children}
          <span className="ml-auto hidden sm:flex">
            <ModKey then="Enter" />
          </span>
          {/* Keys, or the element that was pressed to stop would turn into the submit button within the same press. */}
          {isStreaming ? (
            <Button key="stop" onClick={onStop} className="max-sm:ml-auto">
              <Square aria-hidden />
              Stop all
            </Button>
          ) : (
            <Button
              key="send"
              type="submit"
              variant="primary"
              disabled={props.prompt.trim() === ""}
              className="max-sm:ml-auto"
            >
              <ArrowUp aria-hidden />
              Send
            </Button>
          )}
        </div>
      </form>
    </Card>
  );
}
