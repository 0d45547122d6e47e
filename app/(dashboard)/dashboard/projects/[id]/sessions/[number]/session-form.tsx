"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Gauge } from "#components/charts/gauge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input, Textarea } from "#components/ui/input";
import { Section } from "#components/ui/section";
import { useAction } from "#components/use-action";
import type { WorkSession } from "#lib/work-sessions/schema";
import { useShortcut } from "../../../../../shell/use-shortcut";
import { SaveBar } from "../../../../apps/[id]/settings/save-bar";
import { updateSessionAction } from "../../../actions";
import { targetCredits } from "../../../words";
import { FinishDialog } from "./finish-dialog";

const textMax = 10_000;

export type Logged = { objectives: string; accomplishments: string; blockers: string; credits: string };

const loggedOf = (session: WorkSession): Logged => ({
  objectives: session.objectives ?? "",
  accomplishments: session.accomplishments ?? "",
  blockers: session.blockers ?? "",
  credits: String(session.credits_used),
});

/** What of a session can be changed, as it goes to the server. */
export const changeOf = ({ objectives, accomplishments, blockers, credits }: Logged) => ({
  objectives: objectives || null,
  accomplishments: accomplishments || null,
  blockers: blockers || null,
  credits_used: Number(credits),
});

const texts = [
  { name: "objectives", label: "Objectives", hint: "What this session is for." },
  { name: "accomplishments", label: "Accomplishments", hint: "What is done. The next briefing says it." },
  { name: "blockers", label: "Blockers", hint: "What is in the way. The next briefing says it too." },
] as const;

/** The log of a session. Nothing is stored before Save; ending it draws its credits from the account. */
export function SessionForm({ session }: { session: WorkSession }) {
  const form = useRef<HTMLFormElement>(null);
  const stored = loggedOf(session);
  const [typed, setTyped] = useState(stored);
  const [isFinishing, setIsFinishing] = useState(false);
  const isOpen = session.status === "in_progress";
  const isDirty = JSON.stringify(typed) !== JSON.stringify(stored);
  const { run, isPending, failure, clear } = useAction(updateSessionAction, {
    onSuccess: (saved) => {
      setTyped(loggedOf(saved));
      toast.success("The log is saved.");
    },
  });
  useShortcut("mod+s", () => {
    if (isDirty) form.current?.requestSubmit();
  });

  return (
    <Section
      title="Log"
      description={
        isOpen
          ? "Write as you go; the briefing of a hand-over is made from it."
          : "The session has ended. Credits that are corrected are drawn or given back by the difference."
      }
      actions={isOpen ? <Button onClick={() => setIsFinishing(true)}>Finish session…</Button> : null}
    >
      <Card className="p-4">
        <Form
          ref={form}
          errors={failure?.fields}
          onFormSubmit={() => run({ id: session.id, ...changeOf(typed) })}
          className="grid gap-4"
        >
          {texts.map(({ name, label, hint }) => (
            <Field key={name} name={name} label={label} description={hint}>
              <BaseField.Control
                value={typed[name]}
                maxLength={textMax}
                onValueChange={(value) => setTyped({ ...typed, [name]: value })}
                render={<Textarea className="max-h-80" />}
              />
            </Field>
          ))}
          <Field name="credits_used" label="Credits used so far">
            <Input
              type="number"
              min={0}
              max={1_000_000_000}
              step={1}
              required
              value={typed.credits}
              onValueChange={(credits) => setTyped({ ...typed, credits })}
              className="w-32"
            />
          </Field>
          <Gauge
            label="Credits used, of 100"
            value={Number(typed.credits)}
            max={100}
            text={`${typed.credits} of 100 credits; hand over between ${targetCredits.stopFrom} and ${targetCredits.most}`}
            marks={[targetCredits.least, targetCredits.most]}
          />
          {isDirty ? (
            <SaveBar
              isPending={isPending}
              onDiscard={() => {
                setTyped(stored);
                clear();
              }}
            />
          ) : null}
        </Form>
      </Card>
      {isFinishing ? (
        <FinishDialog
          id={session.id}
          account={session.account_name}
          logged={typed}
          onClose={() => setIsFinishing(false)}
        />
      ) : null}
    </Section>
  );
}
