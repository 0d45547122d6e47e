"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { formatNumber } from "#components/ui/format";
import { Textarea } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { useAction } from "#components/use-action";
import type { Package } from "#lib/packages/schema";
import { deploymentCredits, plural } from "../../words";
import { deployPackageAction } from "../deployments/actions";

type DeployDialogProps = { appId: string; stored: Package; credits: number; onClose: () => void };

/** Says what a deployment of a stored package costs and does, then queues it. */
export function DeployDialog({ appId, stored, credits, onClose }: DeployDialogProps) {
  const id = useId();
  const router = useRouter();
  const { version, size, status } = stored;
  const price = status === "deployed" ? 0 : deploymentCredits(size);
  const { run, isPending, failure } = useAction(deployPackageAction, {
    onSuccess: ({ deployment }) => router.push(`/dashboard/apps/${appId}/deployments/${deployment.id}`),
  });

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const notes = String(new FormData(event.currentTarget).get("release_notes") ?? "");
    run({ appId, package_id: stored.id, ...(notes !== "" && { release_notes: notes }) });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={status === "deployed" ? `Go back to ${version}` : `Deploy ${version}`}
      description="The version that is live now answers until this one is ready, and stays if this one fails."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={id} variant="primary" pending={isPending} disabled={price > credits}>
            {price === 0 ? "Deploy for free" : `Deploy for ${plural(price, "credit")}`}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={onSubmit} className="grid gap-4">
        <div className="grid gap-1.5">
          <Label htmlFor={`${id}-notes`}>Release notes (optional)</Label>
          <Textarea id={`${id}-notes`} name="release_notes" maxLength={10_000} className="max-h-40" />
        </div>
        <p className="text-muted-foreground text-xs">
          {price === 0
            ? "It was live before, so it costs nothing again."
            : `You have ${formatNumber(credits)} credits. What is reserved is given back if it fails.`}
        </p>
        {failure ? <Alert tone="danger">{failure.message}</Alert> : null}
      </form>
    </Dialog>
  );
}
