"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Label } from "#components/ui/label";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { ApiKey } from "#lib/keys/schema";
import { useFreshKey } from "../../fresh-key";
import { rotateKeyAction } from "./actions";

const graces = [
  { value: "0", label: "Stop the old key at once" },
  { value: "1", label: "Keep the old key for 1 hour" },
  { value: "24", label: "Keep the old key for 24 hours" },
  { value: "72", label: "Keep the old key for 3 days" },
  { value: "168", label: "Keep the old key for 7 days" },
] as const;

/** Asks how long the old key is to live, rotates, and shows the new one. */
export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { reveal } = useFreshKey();
  const [grace, setGrace] = useState<(typeof graces)[number]["value"]>("24");
  const { run, isPending } = useAction(rotateKeyAction, {
    onSuccess: ({ name, key }) => {
      reveal({ name, key, graceHours: Number(grace) });
      onClose();
    },
  });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={`Rotate “${apiKey.name}”`}
      description="Makes a new key with the same name and scopes."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button
            variant="primary"
            pending={isPending}
            onClick={() => run({ id: apiKey.id, grace_hours: Number(grace) })}
          >
            Rotate key
          </Button>
        </>
      }
    >
      <div className="grid gap-1.5">
        <Label htmlFor="grace">Until when does the old key work?</Label>
        <Select id="grace" value={grace} onValueChange={setGrace} options={graces} />
      </div>
    </Dialog>
  );
}
