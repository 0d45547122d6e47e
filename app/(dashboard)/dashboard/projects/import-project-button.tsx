"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { toast } from "sonner";
import { type Failure, send } from "#components/request";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Label } from "#components/ui/label";
import { toastFailure } from "#components/use-action";

const megabyte = 1024 * 1024;
const bytesMax = 5 * megabyte;

const local = (message: string): Failure => ({ status: 0, message, code: null, requestId: null, fields: {} });

/** The exported project in a file, or what is wrong with it. */
async function read(file: File): Promise<Record<string, unknown> | Failure> {
  if (file.size > bytesMax) return local(`The file has more than ${bytesMax / megabyte} MB.`);
  try {
    const value: unknown = JSON.parse(await file.text());
    if (typeof value === "object" && value !== null && "data" in value) return { data: value.data };
  } catch {
    // What is not JSON is said below in the same words.
  }
  return local("This is no exported project: choose the .json file that Export made.");
}

const isFailure = (value: Record<string, unknown> | Failure): value is Failure => "requestId" in value;

/** Takes over a project that was exported, here or in another organization. */
export function ImportProjectButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Upload aria-hidden />
        Import
      </Button>
      {isOpen ? <ImportDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function ImportDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  function fail(next: Failure) {
    setFailure(next);
    setIsPending(false);
    toastFailure(next.message, next.requestId);
  }

  async function start() {
    if (!file) return;
    setIsPending(true);
    setFailure(null);
    const body = await read(file);
    if (isFailure(body)) return fail(body);
    const answer = await send("POST", "/api/private/import-project", body);
    if (!answer.ok) return fail(answer.failure);
    const { id: projectId, sessions, files, knowledge, accounts } = answer.body;
    toast.success("The project is imported.", {
      description: `${sessions} sessions, ${files} files, ${knowledge} new knowledge entries, ${accounts} accounts that only carry history.`,
    });
    router.push(`/dashboard/projects/${projectId}`);
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Import a project"
      description="Takes the file that Export made, all or nothing. Sessions keep their numbers, times and credits; nothing is drawn from your accounts."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button variant="primary" pending={isPending} disabled={!file} onClick={start}>
            Import project
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <div className="grid gap-1.5">
          <Label htmlFor={id}>Exported file (.json, at most 5 MB)</Label>
          <input
            id={id}
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null);
              setFailure(null);
            }}
            className="w-full min-w-0 rounded-md border border-input bg-card text-sm file:mr-3 file:h-8.5 file:border-0 file:border-r file:bg-muted file:px-3 file:font-medium file:text-foreground"
          />
        </div>
        {failure ? <Alert tone="danger">{failure.message}</Alert> : null}
      </div>
    </Dialog>
  );
}
