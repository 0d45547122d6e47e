"use client";

import { Checkbox } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";

export type PrivacyWishes = {
  detect_pii: boolean;
  mask_pii_in_logs: boolean;
  encrypt_output: boolean;
  retention_days: string;
};

export const noWishes: PrivacyWishes = {
  detect_pii: false,
  mask_pii_in_logs: false,
  encrypt_output: false,
  retention_days: "",
};

const wishes = [
  {
    name: "detect_pii",
    label: "Look for personal data",
    description: "Marks e-mail addresses, phone, card and social security numbers, and IP addresses.",
  },
  {
    name: "mask_pii_in_logs",
    label: "Mask it in lists, events and the audit log",
    description: "The agent itself still gets the whole task.",
  },
  {
    name: "encrypt_output",
    label: "Give the result a key of its own",
    description: "Deleting the agent's data deletes the key, and with it every copy.",
  },
] as const;

type SpawnPrivacyProps = { value: PrivacyWishes; onChange: (value: PrivacyWishes) => void };

/** How the agent's data is to be treated. Closed at first: most tasks need none of it. */
export function SpawnPrivacy({ value, onChange }: SpawnPrivacyProps) {
  return (
    <details className="rounded-md border px-3 py-2">
      <summary className="cursor-pointer rounded-sm font-medium text-sm">Privacy</summary>
      <div className="grid gap-3 pt-3 pb-1">
        {wishes.map(({ name, label, description }) => (
          <Checkbox
            key={name}
            label={label}
            description={description}
            checked={value[name]}
            onCheckedChange={(isOn) => onChange({ ...value, [name]: isOn })}
          />
        ))}
        <Field name="privacy.retention_days" label="Keep task and result for (days)">
          <Input
            type="number"
            min={1}
            max={365}
            step={1}
            placeholder="As the organization"
            value={value.retention_days}
            onValueChange={(retention_days) => onChange({ ...value, retention_days })}
            className="max-w-48"
          />
        </Field>
      </div>
    </details>
  );
}
