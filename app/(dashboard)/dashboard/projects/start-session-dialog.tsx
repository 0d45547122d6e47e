"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/input";
import { Link } from "#components/ui/link";
import { Select } from "#components/ui/select";
import { Skeleton } from "#components/ui/skeleton";
import { useAction } from "#components/use-action";
import type { WorkSession } from "#lib/work-sessions/schema";
import { type Choice, listChoicesAction, startSessionAction } from "./actions";
import { optionsOf, typeWords } from "./words";

type StartSessionDialogProps = { projectId: number; accountId?: number | undefined; onClose: () => void };

/** The form for a session: with which account, of what kind, and what for. On success it leads to the session. */
export function StartSessionDialog({ projectId, accountId, onClose }: StartSessionDialogProps) {
  const formId = useId();
  const router = useRouter();
  const [chosen, setChosen] = useState<string | null>(null);
  const [type, setType] = useState<WorkSession["session_type"]>("development");
  const [choices, setChoices] = useState<{ accounts: Choice[]; best: number | null } | null>(null);
  const list = useAction(listChoicesAction, {
    onSuccess: (found) => {
      setChoices(found);
      const wanted =
        found.accounts.find(({ id }) => id === accountId) ?? found.accounts.find(({ id }) => id === found.best);
      setChosen(String((wanted ?? found.accounts[0])?.id ?? ""));
    },
    onFailure: onClose,
  });
  const start = useAction(startSessionAction, {
    onSuccess: ({ session_number: number }) => router.push(`/dashboard/projects/${projectId}/sessions/${number}`),
  });
  // Read when the form opens, so that nobody starts with an account that was used up since the page was loaded.
  const load = useEffectEvent(() => list.run(undefined));
  useEffect(() => load(), []);
  const best = choices?.accounts.find(({ id }) => id === choices.best);

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={start.isPending}
      title="Start a session"
      description="It gets the project's next number and puts the account to use. A good session uses 85 to 92 credits."
      className="max-w-lg"
      footer={
        <>
          <Button onClick={onClose} disabled={start.isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={start.isPending} disabled={!chosen}>
            Start session
          </Button>
        </>
      }
    >
      {choices === null ? (
        <div role="status" aria-label="Loading the accounts" className="grid gap-4">
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
          <Skeleton className="h-20" />
        </div>
      ) : choices.accounts.length === 0 ? (
        <Alert tone="warning">
          No account is ready.{" "}
          <Link href="/dashboard/accounts" className="underline underline-offset-4">
            Add one, or wait until the credits are full again.
          </Link>
        </Alert>
      ) : (
        <Form<{ objectives: string }>
          id={formId}
          errors={start.failure?.fields}
          onFormSubmit={({ objectives }) =>
            start.run({
              project_id: projectId,
              account_id: Number(chosen),
              session_type: type,
              objectives: objectives || null,
            })
          }
          className="grid gap-4"
        >
          <Field
            name="account_id"
            label="Account"
            description={best ? `${best.name} is the best now: most credits of those with 50 or more.` : undefined}
          >
            <Select
              value={chosen ?? ""}
              onValueChange={setChosen}
              options={choices.accounts.map(({ id, name, credits, status, specialization }) => ({
                value: String(id),
                label: `${name}, ${credits} credits`,
                detail: [status === "active" ? "in use" : "available", specialization].filter(Boolean).join(", "),
              }))}
            />
          </Field>
          <Field name="session_type" label="Kind">
            <Select value={type} onValueChange={setType} options={optionsOf(typeWords)} />
          </Field>
          <Field
            name="objectives"
            label="Objectives (optional)"
            description="Fitting knowledge is suggested from them."
          >
            <BaseField.Control maxLength={10_000} render={<Textarea className="max-h-60" />} />
          </Field>
        </Form>
      )}
    </Dialog>
  );
}
