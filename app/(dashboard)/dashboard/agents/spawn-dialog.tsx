"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { formatMicros } from "#components/ui/format";
import { Input, Textarea } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { AgentModel, AgentPriority } from "#lib/agents/fields";
import { QuoteSelect } from "../../quote-select";
import { spawnAgentAction, spawnTeamAction } from "./actions";
import { isCovered, needsConsent, SpawnBudget } from "./spawn-budget";
import type { SpawnFacts } from "./spawn-facts";
import { noWishes, SpawnPrivacy } from "./spawn-privacy";
import { estimateMicros, models, priorities, priorityWords, taskCharactersMax } from "./words";

/** A team that is to be spawned, with the input price of each member's model. */
export type SpawnableTeam = { team: string; name: string; models: string[]; inputPrices: number[] };
type SpawnDialogProps = { facts: SpawnFacts; team?: SpawnableTeam; onClose: () => void };

/** The form for a new agent, or for a team. What it will cost stands in it before anything is spent. */
export function SpawnDialog({ facts, team, onClose }: SpawnDialogProps) {
  const formId = useId();
  const router = useRouter();
  const [task, setTask] = useState("");
  const [model, setModel] = useState<AgentModel | "">("");
  const [priority, setPriority] = useState<AgentPriority>("normal");
  const [timeout, setTimeoutText] = useState("300");
  const [quote, setQuote] = useState("");
  const [privacy, setPrivacy] = useState(noWishes);
  const [consented, setConsented] = useState<number | null>(null);
  const show = { onSuccess: ({ agent_id }: { agent_id: string }) => router.push(`/dashboard/agents/${agent_id}`) };
  const agent = useAction(spawnAgentAction, show);
  const group = useAction(spawnTeamAction, show);
  const { isPending, failure } = team ? group : agent;

  const automatic = facts.automatic[priority];
  const priceOf = (name: string) => facts.models.find((one) => one.name === name)?.inputPrice ?? 0;
  const prices = team ? team.inputPrices : [priceOf(model || automatic.model)];
  const estimate = prices.reduce((sum, price) => sum + estimateMicros(task, price), 0);
  // A larger estimate than the one that was agreed to is asked about again.
  const hasConsent = consented !== null && estimate <= consented;
  const isReady = isCovered(estimate, facts.budget) && (hasConsent || !needsConsent(estimate, facts.budget));

  function spawn() {
    if (!isReady) return;
    const { retention_days, ...wishes } = privacy;
    const input = {
      task,
      priority,
      timeout: Number(timeout),
      privacy: { ...wishes, ...(retention_days && { retention_days: Number(retention_days) }) },
      ...(quote && { quote_id: quote }),
    };
    if (team) group.run({ ...input, team: team.team });
    else agent.run({ ...input, ...(model && { model }) });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={team ? `Spawn ${team.name}` : "Spawn an agent"}
      description={
        team
          ? `${team.models.join(", ")} work on it in turn, under one agent.`
          : "It works on its own, in the background."
      }
      className="max-w-xl"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending} disabled={!isReady}>
            Spawn for up to {formatMicros(estimate)}
          </Button>
        </>
      }
    >
      <Form id={formId} errors={failure?.fields} onFormSubmit={spawn} className="grid gap-4">
        <Field
          name="task"
          label="Task"
          aside={
            <span className="text-muted-foreground text-xs tabular-nums">
              {[...task].length} / {taskCharactersMax}
            </span>
          }
        >
          <BaseField.Control
            required
            value={task}
            onValueChange={setTask}
            maxLength={taskCharactersMax}
            render={<Textarea className="max-h-60 min-h-24" />}
          />
        </Field>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {team ? null : (
            <Field name="model" label="Model" description={model ? undefined : automatic.reason}>
              <Select
                value={model}
                onValueChange={setModel}
                options={[
                  { value: "", label: `Automatic: now ${automatic.model}` },
                  ...models.map((name) => ({
                    value: name,
                    label: name,
                    detail: `about ${formatMicros(estimateMicros(task, priceOf(name)))}`,
                  })),
                ]}
              />
            </Field>
          )}
          <Field name="priority" label="Priority">
            <Select
              value={priority}
              onValueChange={setPriority}
              options={priorities.map((value) => ({ value, label: priorityWords[value] }))}
            />
          </Field>
          <Field name="timeout" label="Time limit (seconds)">
            <Input type="number" required min={1} max={3600} step={1} value={timeout} onValueChange={setTimeoutText} />
          </Field>
          <Field name="quote_id" label="Quote">
            <QuoteSelect quotes={facts.quotes} value={quote} onChange={setQuote} />
          </Field>
        </div>
        <SpawnPrivacy value={privacy} onChange={setPrivacy} />
        <SpawnBudget
          estimate={estimate}
          budget={facts.budget}
          hasConsent={hasConsent}
          onConsent={(isGiven) => setConsented(isGiven ? estimate : null)}
        />
      </Form>
    </Dialog>
  );
}
