"use client";

import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Textarea } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { ModKey } from "#components/ui/mod-key";
import { Select } from "#components/ui/select";
import { domains } from "./settings";

type TaskFormProps = {
  prompt: string;
  onPromptChange: (text: string) => void;
  domain: string;
  onDomainChange: (domain: string) => void;
  isAtWork: boolean;
  isReady: boolean;
  onStart: () => void;
  onStop: () => void;
  /** More buttons, on the left. */
  children: ReactNode;
};

/** What all settings are asked. Ctrl or Cmd with Enter starts. */
export function TaskForm({ isAtWork, isReady, onStart, onStop, children, ...props }: TaskFormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const options = [...new Set<string>([...domains, props.domain])].map((value) => ({ value, label: value }));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isAtWork && isReady) onStart();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  }

  return (
    <Card>
      <form ref={form} onSubmit={submit} onKeyDown={onKeyDown} className="grid grid-cols-1 gap-3 p-4">
        <div className="grid gap-1.5">
          <Label htmlFor={`${id}-prompt`}>Prompt</Label>
          <Textarea
            id={`${id}-prompt`}
            value={props.prompt}
            onChange={(event) => props.onPromptChange(event.target.value)}
            placeholder="What is to be done well"
            className="max-h-80 min-h-24"
          />
        </div>
        <div className="flex flex-wrap items-end gap-2">
          <div className="grid gap-1.5">
            <Label htmlFor={`${id}-domain`}>Domain</Label>
            <Select
              id={`${id}-domain`}
              value={props.domain}
              onValueChange={props.onDomainChange}
              options={options}
              className="w-40"
            />
          </div>
          {children}
          <span className="ml-auto hidden h-8.5 items-center sm:flex">
            <ModKey then="Enter" />
          </span>
          {/* Keys, or the element that was pressed to stop would turn into the submit button within the same press. */}
          {isAtWork ? (
            <Button key="stop" onClick={onStop} className="max-sm:ml-auto">
              <Square aria-hidden />
              Stop all
            </Button>
          ) : (
            <Button key="start" type="submit" variant="primary" disabled={!isReady} className="max-sm:ml-auto">
              <ArrowUp aria-hidden />
              Start
            </Button>
          )}
        </div>
      </form>
    </Card>
  );
}
