"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { toFailure, toRecord } from "#components/request";
import { Button } from "#components/ui/button";
import { toastFailure } from "#components/use-action";
import { download, fileNameOf } from "../download";

/** Downloads the project with everything in it, as Import takes it. */
export function ExportButton({ projectId, name }: { projectId: number; name: string }) {
  const [isPending, setIsPending] = useState(false);

  async function start() {
    setIsPending(true);
    try {
      const response = await fetch("/api/private/export-project", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ project_id: projectId }),
      });
      if (response.ok) {
        download(await response.blob(), `${fileNameOf(name)}.json`);
        toast.success("The project is exported.");
      } else {
        const failure = toFailure(response, toRecord(await response.json().catch(() => null)));
        toastFailure(failure.message, failure.requestId);
      }
    } catch {
      toastFailure("The export was cut off. Check the connection and try again.", null);
    }
    setIsPending(false);
  }

  return (
    <Button onClick={start} pending={isPending}>
      <Download aria-hidden />
      Export
    </Button>
  );
}
