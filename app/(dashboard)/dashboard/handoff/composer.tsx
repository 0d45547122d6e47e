"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useDeferredValue, useId, useMemo, useRef, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Checkbox } from "#components/ui/checkbox";
import { formatNumber } from "#components/ui/format";
import { Input, Textarea } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { ModKey } from "#components/ui/mod-key";
import { Select } from "#components/ui/select";
import { Switch } from "#components/ui/switch";
import { useShortcut } from "../../shell/use-shortcut";
import { sizeOf } from "./measure";
import { MethodChoice } from "./method-choice";
import { type OpenSession, Result } from "./result";
import { type Method, useCompress, type Written } from "./use-compress";

type Named = { id: number; name: string };

type ComposerProps = {
  projects: Named[];
  /** The one of the address. */
  project: Named;
  open: OpenSession | undefined;
  knowledge: { id: number; title: string }[];
};

/** From a long text to a briefing: what goes in on the left, what comes out on the right. */
export function Composer({ projects, project, open, knowledge }: ComposerProps) {
  const id = useId();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [context, setContext] = useState("");
  const [method, setMethod] = useState<Method>("briefing");
  const [isVerified, setIsVerified] = useState(false);
  const [credits, setCredits] = useState("");
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [result, setResult] = useState<{
    written: Written;
    before: string;
    from: OpenSession | undefined;
    project: Named;
  }>();
  const counted = useDeferredValue(context);
  const size = useMemo(() => sizeOf(counted), [counted]);
  const endsSession = method === "briefing" && open !== undefined;
  const { run, isPending, failure } = useCompress((written) => {
    setResult({ written, before: context, from: open, project });
    setCredits("");
  });
  useShortcut("mod+enter", () => form.current?.requestSubmit());

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending || context.trim() === "") return;
    const creditsUsed = endsSession && credits !== "" ? Number(credits) : null;
    run({ projectId: project.id, context, method, isVerified, knowledgeIds: [...chosen], creditsUsed });
  }

  return (
    <div className="grid grid-cols-1 gap-4 xl:grid-cols-2 xl:items-start">
      <Card className="p-4">
        <form ref={form} onSubmit={submit} className="grid grid-cols-1 gap-4">
          <div className="grid gap-1.5">
            <Label htmlFor={`${id}-project`}>Project</Label>
            <Select
              id={`${id}-project`}
              aria-label="Project"
              value={String(project.id)}
              onValueChange={(value) => router.replace(`/dashboard/handoff?project=${value}`, { scroll: false })}
              options={projects.map((one) => ({ value: String(one.id), label: one.name }))}
            />
          </div>
          <div className="grid gap-1.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <Label htmlFor={`${id}-context`}>Context</Label>
              <span aria-live="polite" className="text-muted-foreground text-xs tabular-nums">
                {formatNumber(size.lines)} lines, about {formatNumber(size.tokens)} tokens
              </span>
            </div>
            <Textarea
              id={`${id}-context`}
              required
              value={context}
              onChange={(event) => setContext(event.target.value)}
              placeholder="Paste the talk with the account, its notes, or both."
              spellCheck={false}
              className="field-sizing-fixed h-52 resize-y font-mono text-xs"
            />
          </div>
          <MethodChoice value={method} onChange={setMethod} />
          {endsSession ? (
            <div className="grid gap-1.5">
              <Label htmlFor={`${id}-credits`}>Credits used (optional)</Label>
              <Input
                id={`${id}-credits`}
                type="number"
                min={0}
                max={1_000_000_000}
                step={1}
                value={credits}
                onValueChange={setCredits}
                aria-describedby={`${id}-credits-hint`}
                className="w-32"
              />
              <p id={`${id}-credits-hint`} className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
                Ends session {open.number} and draws them from {open.account}. Left empty, the session goes on.
              </p>
            </div>
          ) : null}
          <Switch
            checked={isVerified}
            onCheckedChange={setIsVerified}
            label="Verified"
            description="A model writes the briefing; questions made from the original check it. Four model calls. Without a model the rule above answers."
          />
          {knowledge.length > 0 ? (
            <details>
              <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground hover:text-foreground">
                Send knowledge along{chosen.length > 0 ? ` (${chosen.length})` : ""}
              </summary>
              <div className="mt-2 grid gap-2">
                {knowledge.map((entry) => (
                  <Checkbox
                    key={entry.id}
                    label={entry.title}
                    checked={chosen.includes(entry.id)}
                    onCheckedChange={(isOn) =>
                      setChosen(isOn ? [...chosen, entry.id] : chosen.filter((one) => one !== entry.id))
                    }
                  />
                ))}
              </div>
            </details>
          ) : null}
          {failure ? <Alert tone="danger">{failure.message}</Alert> : null}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant="primary" pending={isPending} disabled={context.trim() === ""}>
              Write briefing
            </Button>
            <span className="hidden sm:block">
              <ModKey then="Enter" />
            </span>
          </div>
        </form>
      </Card>
      {result ? (
        <Result key={result.written.id} {...result} />
      ) : (
        <div className="grid place-items-center rounded-lg border border-dashed bg-card px-4 py-10 text-center text-muted-foreground xl:min-h-80">
          The briefing appears here, with how much was left out. You can change it before you copy it.
        </div>
      )}
    </div>
  );
}
