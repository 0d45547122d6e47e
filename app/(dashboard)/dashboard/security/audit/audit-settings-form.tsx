"use client";

import { Form } from "@base-ui/react/form";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Checkbox } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import type { AuditSettings } from "#lib/audit/schema";
import { useShortcut } from "../../../shell/use-shortcut";
import { SaveBar } from "../../apps/[id]/settings/save-bar";
import { updateAuditAction } from "../actions";
import { eventWords, levelWords } from "./words";

type Stored = Omit<AuditSettings, "updated_at">;

const eventNames = Object.keys(eventWords) as (keyof typeof eventWords)[];
const levels = Object.entries(levelWords).map(([value, words]) => ({
  value: value as Stored["log_level"],
  ...words,
}));

/** What the log takes and how long it keeps it. Nothing is stored before Save. */
export function AuditSettingsForm({ stored }: { stored: Stored }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(stored);
  const [days, setDays] = useState(String(stored.retention_days));
  const isDirty = JSON.stringify(typed) !== JSON.stringify(stored) || days !== String(stored.retention_days);
  const { run, isPending, failure, clear } = useAction(updateAuditAction, {
    onSuccess: () => toast.success("The settings of the audit log are saved."),
  });
  useShortcut("mod+s", () => {
    if (isDirty) form.current?.requestSubmit();
  });

  function toggle(event: (typeof eventNames)[number], isOn: boolean) {
    // In the order of the list, so that what is chosen again is not taken for a change.
    const events = eventNames.filter((name) => (name === event ? isOn : typed.events.includes(name)));
    setTyped({ ...typed, events });
  }

  return (
    <Form
      ref={form}
      errors={failure?.fields}
      onFormSubmit={() => run({ ...typed, retention_days: Number(days) })}
      className="grid gap-5"
    >
      <Switch
        checked={typed.enabled}
        onCheckedChange={(enabled) => setTyped({ ...typed, enabled })}
        label="Keep an audit log"
        description="Off, only changes of these settings are noted."
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="log_level" label="Level">
          <Select
            value={typed.log_level}
            onValueChange={(log_level) => setTyped({ ...typed, log_level })}
            options={levels}
          />
        </Field>
        <Field name="retention_days" label="Keep entries for (days)">
          <Input type="number" required min={1} max={3650} step={1} value={days} onValueChange={setDays} />
        </Field>
      </div>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium text-sm">Events</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {eventNames.map((name) => (
            <Checkbox
              key={name}
              label={<span className="font-mono text-xs">{name}</span>}
              description={eventWords[name]}
              checked={typed.events.includes(name)}
              onCheckedChange={(isOn) => toggle(name, isOn)}
            />
          ))}
        </div>
        {typed.events.length === 0 ? (
          <p role="alert" className="text-destructive text-xs">
            Choose at least one event, or switch the log off.
          </p>
        ) : null}
      </fieldset>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium text-sm">Bodies</legend>
        <Checkbox
          label="Keep bodies of requests"
          description="Without secrets. What people write to models may be personal."
          checked={typed.include_request_body}
          onCheckedChange={(include_request_body) => setTyped({ ...typed, include_request_body })}
        />
        <Checkbox
          label="Keep bodies of answers"
          checked={typed.include_response_body}
          onCheckedChange={(include_response_body) => setTyped({ ...typed, include_response_body })}
        />
      </fieldset>
      {isDirty ? (
        <SaveBar
          isPending={isPending}
          onDiscard={() => {
            setTyped(stored);
            setDays(String(stored.retention_days));
            clear();
          }}
        />
      ) : null}
    </Form>
  );
}
