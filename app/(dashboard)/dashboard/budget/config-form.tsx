"use client";

import { Form } from "@base-ui/react/form";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import type { Config } from "#lib/orchestrator/config-schema";
import { useShortcut } from "../../shell/use-shortcut";
import { SaveBar } from "../apps/[id]/settings/save-bar";
import { updateConfigAction } from "./actions";

type Typed = { daily: string; anthropic: string; kimi: string; percents: string; mail: boolean; retention: string };

const typedOf = (config: Omit<Config, "budgets">): Typed => ({
  daily: String(config.daily_budget),
  anthropic: String(config.provider_limits.anthropic),
  kimi: String(config.provider_limits["kimi-coding"]),
  percents: config.spending_alerts.percents.join(", "),
  mail: config.spending_alerts.mail,
  retention: String(config.retention_days),
});

const numbersIn = (text: string) => text.split(/[\s,;]+/).flatMap((part) => (part === "" ? [] : [Number(part)]));

/** Budget, limits, alerts and retention of the organization. Nothing is stored before Save, and only what was changed is. */
export function ConfigForm({ config }: { config: Omit<Config, "budgets"> }) {
  const form = useRef<HTMLFormElement>(null);
  const stored = typedOf(config);
  const [typed, setTyped] = useState(stored);
  const isDirty = JSON.stringify(typed) !== JSON.stringify(stored);
  const { run, isPending, failure, clear } = useAction(updateConfigAction, {
    onSuccess: () => toast.success("The settings are saved. They hold at once."),
  });
  useShortcut("mod+s", () => {
    if (isDirty) form.current?.requestSubmit();
  });

  const isChanged = (name: keyof Typed) => typed[name] !== stored[name];
  function save() {
    run({
      ...(isChanged("daily") && { daily_budget: Number(typed.daily) }),
      provider_limits: {
        ...(isChanged("anthropic") && { anthropic: Number(typed.anthropic) }),
        ...(isChanged("kimi") && { "kimi-coding": Number(typed.kimi) }),
      },
      spending_alerts: {
        ...(isChanged("percents") && { percents: numbersIn(typed.percents) }),
        ...(isChanged("mail") && { mail: typed.mail }),
      },
      ...(isChanged("retention") && { retention_days: Number(typed.retention) }),
    });
  }

  const numbers = [
    { name: "daily_budget", key: "daily", label: "Daily budget ($)", max: 1_000_000, step: "any", min: 0 },
    { name: "retention_days", key: "retention", label: "Keep tasks and results (days)", max: 365, step: 1, min: 1 },
    {
      name: "provider_limits.anthropic",
      key: "anthropic",
      label: "Anthropic, calls an hour",
      max: 1_000_000,
      step: 1,
      min: 0,
    },
    { name: "provider_limits.kimi-coding", key: "kimi", label: "Kimi, calls an hour", max: 1_000_000, step: 1, min: 0 },
  ] as const;

  return (
    <Form ref={form} errors={failure?.fields} onFormSubmit={save} className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {numbers.map(({ name, key, label, ...bounds }) => (
          <Field key={name} name={name} label={label}>
            <Input
              type="number"
              required
              {...bounds}
              value={typed[key]}
              onValueChange={(value) => setTyped({ ...typed, [key]: value })}
            />
          </Field>
        ))}
        <Field
          name="spending_alerts.percents"
          label="Alert at (percent of the day's budget)"
          description="Up to ten, with commas between. Each is told once a day: as an event, to web hooks, and by mail if that is on."
        >
          <Input
            value={typed.percents}
            onValueChange={(percents) => setTyped({ ...typed, percents })}
            pattern="[\d\s,;]*"
            placeholder="80, 95"
            autoComplete="off"
          />
        </Field>
        <Switch
          checked={typed.mail}
          onCheckedChange={(mail) => setTyped({ ...typed, mail })}
          label="Mail the owners as well"
          description="Where this instance has a mail server."
        />
      </div>
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
  );
}
