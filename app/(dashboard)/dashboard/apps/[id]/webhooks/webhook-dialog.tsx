"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Switch } from "#components/ui/switch";
import type { Webhook } from "#lib/webhooks/schema";
import { eventNames, eventWords } from "./words";

type Values = {
  url: string;
  description: string | null;
  events: (typeof eventNames)[number][];
  rate_per_minute: number;
  generate_secret?: boolean;
};

type WebhookDialogProps = {
  title: string;
  action: string;
  stored?: Webhook;
  /** A secret is made with the web hook, or later by a rotation. */
  isSecretAsked?: boolean;
  isPending: boolean;
  errors: Record<string, string> | undefined;
  onSubmit: (values: Values) => void;
  onClose: () => void;
};

/** Where to call, about what, and how often at most. */
export function WebhookDialog({ title, action, stored, isSecretAsked = false, ...props }: WebhookDialogProps) {
  const { isPending, errors, onSubmit, onClose } = props;
  const formId = useId();
  const [events, setEvents] = useState(eventNames.filter((name) => stored?.events.includes(name) ?? true));
  const [isSigned, setIsSigned] = useState(true);

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={title}
      className="max-w-lg"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending} disabled={events.length === 0}>
            {action}
          </Button>
        </>
      }
    >
      <Form<{ url: string; description: string; rate_per_minute: string }>
        id={formId}
        errors={errors}
        onFormSubmit={({ url, description, rate_per_minute }) =>
          onSubmit({
            url,
            description: description || null,
            events,
            rate_per_minute: Number(rate_per_minute),
            ...(isSecretAsked && { generate_secret: isSigned }),
          })
        }
        className="grid gap-4"
      >
        <Field name="url" label="Address" description="A public http or https address. Redirects are not followed.">
          <Input
            type="url"
            required
            maxLength={2048}
            defaultValue={stored?.url}
            placeholder="https://example.com/hooks/baton"
            autoComplete="off"
          />
        </Field>
        <Field name="description" label="Description (optional)">
          <Input maxLength={500} defaultValue={stored?.description ?? ""} autoComplete="off" />
        </Field>
        <fieldset className="grid gap-2.5">
          <legend className="mb-2 font-medium">Events</legend>
          {eventNames.map((name) => (
            <Checkbox
              key={name}
              checked={events.includes(name)}
              onCheckedChange={(isOn) =>
                setEvents(eventNames.filter((each) => (each === name ? isOn : events.includes(each))))
              }
              label={name}
              description={eventWords[name]}
            />
          ))}
          {events.length === 0 ? <p className="text-destructive text-xs">Choose at least one.</p> : null}
        </fieldset>
        <Field name="rate_per_minute" label="Calls per minute at most">
          <Input
            type="number"
            inputMode="numeric"
            required
            min={1}
            max={6000}
            step={1}
            defaultValue={stored?.rate_per_minute ?? 600}
          />
        </Field>
        {isSecretAsked ? (
          <div className="border-t pt-4">
            <Switch
              checked={isSigned}
              onCheckedChange={setIsSigned}
              label="Sign every call"
              description="Makes a secret, shown once. Without it the receiver cannot tell who calls."
            />
          </div>
        ) : null}
      </Form>
    </Dialog>
  );
}
