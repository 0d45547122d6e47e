"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Label } from "#components/ui/label";
import { Select } from "#components/ui/select";
import { Skeleton } from "#components/ui/skeleton";
import { useAction } from "#components/use-action";
import type { Account } from "#lib/account-pool/schema";
import type { Rotation } from "#lib/handoff/schema";
import { BriefingText } from "../handoff/briefing-text";
import { listProjectChoicesAction } from "../projects/actions";
import { StartSessionButton } from "../projects/start-session-button";
import { rotateAccountAction } from "./actions";

type RotateDialogProps = {
  account: Pick<Account, "id" | "account_name">;
  /** The project whose work goes on, where it is known. */
  projectId?: number;
  onClose: () => void;
};

/** Gives an account up: first shows what would happen, then does it. */
export function RotateDialog({ account, projectId, onClose }: RotateDialogProps) {
  const [projects, setProjects] = useState<{ id: number; name: string }[] | null>(null);
  const [chosen, setChosen] = useState<number | undefined>(projectId);
  const [shown, setShown] = useState<Rotation | null>(null);
  const preview = useAction(rotateAccountAction, { onSuccess: setShown, onFailure: () => setShown(null) });
  const rotate = useAction(rotateAccountAction, { onSuccess: setShown });
  const list = useAction(listProjectChoicesAction, {
    onSuccess: (found) => {
      setProjects(found);
      const first = projectId ?? found[0]?.id;
      if (first !== undefined) choose(first);
    },
    onFailure: onClose,
  });
  const load = useEffectEvent(() => list.run(undefined));
  useEffect(() => load(), []);

  function choose(id: number) {
    setChosen(id);
    setShown(null);
    preview.run({ current_account_id: account.id, project_id: id, dry_run: true });
  }

  const isDone = shown?.dry_run === false;
  const failure = rotate.failure ?? preview.failure;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={rotate.isPending}
      title={isDone ? `${account.account_name} is rotated out` : `Rotate ${account.account_name}`}
      description={
        isDone
          ? "Paste the briefing into the next account, and start its session."
          : "The account becomes exhausted, its open session of the project is handed off, and the best other one is put to use."
      }
      className="max-w-xl"
      footer={
        isDone && chosen !== undefined ? (
          <>
            <Button onClick={onClose}>Done</Button>
            <StartSessionButton projectId={chosen} accountId={shown.next_account.id} label="Start its session…" />
          </>
        ) : (
          <>
            <Button onClick={onClose} disabled={rotate.isPending}>
              Cancel
            </Button>
            <Button
              variant="primary"
              pending={rotate.isPending}
              disabled={shown === null || chosen === undefined}
              onClick={() => {
                if (chosen !== undefined) rotate.run({ current_account_id: account.id, project_id: chosen });
              }}
            >
              Rotate now
            </Button>
          </>
        )
      }
    >
      <div className="grid grid-cols-1 gap-4">
        {projects === null ? (
          <Skeleton className="h-14" />
        ) : projects.length === 0 ? (
          <Alert tone="warning">There is no project yet: a rotation hands over the work on one.</Alert>
        ) : isDone ? null : (
          <div className="grid gap-1.5">
            <Label htmlFor="rotate-project">Project</Label>
            <Select
              id="rotate-project"
              aria-label="Project"
              value={String(chosen ?? "")}
              onValueChange={(value) => choose(Number(value))}
              options={projects.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
          </div>
        )}
        {failure ? <Alert tone="danger">{failure.message}</Alert> : null}
        {preview.isPending ? <Skeleton className="h-40" /> : shown ? <Outcome rotation={shown} /> : null}
      </div>
    </Dialog>
  );
}

function Outcome({ rotation: { next_account: next, briefing, dry_run: isPreview } }: { rotation: Rotation }) {
  return (
    <>
      <div className="grid gap-0.5">
        <p className="font-medium [overflow-wrap:anywhere]">
          {isPreview ? "Next would be" : "Next is"} {next.account_name}, {next.credits_available} credits
        </p>
        <p className="text-muted-foreground">
          Why: of the other ready accounts with 50 credits or more, it has the most
          {next.specialization ? `; specialized in ${next.specialization}` : ""}.
        </p>
      </div>
      <BriefingText text={briefing} name="rotation" />
    </>
  );
}
