"use client";

import { useId } from "react";
import { Checkbox } from "#components/ui/checkbox";
import { Input } from "#components/ui/input";
import { Label } from "#components/ui/label";
import type { ModelChoice } from "../../../model-choices";
import type { QuoteChoice } from "../../../quote-choices";
import { QuoteSelect } from "../../../quote-select";
import { readSettings, type TypedSettings } from "./settings";

type SettingsFormProps = {
  settings: TypedSettings;
  onChange: (settings: TypedSettings) => void;
  models: ModelChoice[];
  quotes: QuoteChoice[];
  isDisabled: boolean;
};

const fields = [
  { name: "rounds", label: "Rounds at most", min: 1, max: 20, step: 1 },
  { name: "threshold", label: "Good enough from", min: 0, max: 10, step: 0.5 },
  { name: "candidates", label: "Answers a round", min: 1, max: 5, step: 1 },
  { name: "costLimit", label: "Cost limit in $", min: 0, max: 1e9, step: 0.01 },
] as const;

/** Who may answer, and when it is enough. */
export function SettingsForm({ settings, onChange, models, quotes, isDisabled }: SettingsFormProps) {
  const id = useId();
  const read = readSettings(settings);
  const problems = read.ok ? {} : read.problems;
  const chosen = settings.models.length === 0 ? "any" : settings.models.join(", ");

  function toggle(model: string, isOn: boolean) {
    onChange({
      ...settings,
      models: isOn ? [...settings.models, model] : settings.models.filter((one) => one !== model),
    });
  }

  return (
    <fieldset disabled={isDisabled} className="@container grid min-w-0 grid-cols-1 gap-3">
      <legend className="sr-only">Settings</legend>
      <div className="grid grid-cols-2 gap-3 @xl:grid-cols-4">
        {fields.map(({ name, label, ...bounds }) => (
          <div key={name} className="grid min-w-0 content-start gap-1.5">
            <Label htmlFor={`${id}-${name}`}>{label}</Label>
            <Input
              id={`${id}-${name}`}
              type="number"
              inputMode="decimal"
              {...bounds}
              value={settings[name]}
              placeholder={name === "costLimit" ? "none" : undefined}
              onChange={(event) => onChange({ ...settings, [name]: event.target.value })}
              aria-invalid={problems[name] ? true : undefined}
              aria-describedby={problems[name] ? `${id}-${name}-problem` : undefined}
            />
            {problems[name] ? (
              <p id={`${id}-${name}-problem`} className="text-destructive text-xs">
                {problems[name]}
              </p>
            ) : null}
          </div>
        ))}
      </div>
      {quotes.length > 0 ? (
        <div className="grid min-w-0 content-start gap-1.5">
          <Label htmlFor={`${id}-quote`}>Quote</Label>
          <QuoteSelect
            id={`${id}-quote`}
            quotes={quotes}
            value={settings.quote}
            onChange={(quote) => onChange({ ...settings, quote })}
            disabled={isDisabled}
          />
        </div>
      ) : null}
      <details className="min-w-0">
        <summary className="w-fit max-w-full cursor-pointer truncate rounded-sm text-muted-foreground hover:text-foreground">
          Models: {chosen}
        </summary>
        <div className="mt-2 grid gap-2 sm:grid-cols-2">
          {models.map((model) => (
            <Checkbox
              key={model.id}
              label={model.id}
              description={model.simulated ? `${model.provider}, simulated` : model.provider}
              checked={settings.models.includes(model.id)}
              onCheckedChange={(isOn) => toggle(model.id, isOn)}
              disabled={isDisabled}
            />
          ))}
        </div>
        <p className="mt-2 text-muted-foreground text-xs">
          The order in which you choose them is the order in which they are preferred. None means any active one.
        </p>
      </details>
    </fieldset>
  );
}
