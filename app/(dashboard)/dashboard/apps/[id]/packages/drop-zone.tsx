"use client";

import { FileArchive } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { useShortcut } from "../../../../shell/use-shortcut";
import { formatBytes, packageBytesMax } from "../../words";
import { UploadDialog } from "./upload-dialog";

type DropZoneProps = { appId: string; credits: number /** The newest version there is. */; newest: string | null };

/** Where a package is dropped, or chosen by button. What cannot be one is refused before a byte is sent. */
export function DropZone({ appId, credits, newest }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useShortcut("shift+n", () => input.current?.click());

  function take(files: FileList | null) {
    const chosen = files?.[0];
    if (!chosen) return;
    const refused = files.length > 1 ? "Drop one package at a time." : problemOf(chosen);
    setProblem(refused);
    setFile(refused ? null : chosen);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  }

  return (
    <div className="grid grid-cols-1 gap-2">
      <section
        aria-label="Upload a package"
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        className={cn(
          "grid justify-items-center gap-1.5 rounded-lg border border-input border-dashed bg-card px-4 py-7 text-center",
          isOver && "border-primary border-solid bg-accent",
        )}
      >
        <FileArchive aria-hidden className="size-5 text-muted-foreground" />
        <p className="font-medium">Drop an .apkg here</p>
        <p className="text-muted-foreground">
          At most {formatBytes(packageBytesMax)}. Uploading is free; you see the price before anything is deployed.
        </p>
        <Button variant="primary" className="mt-2" onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          accept=".apkg,.zip"
          aria-label="Package file"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            take(event.target.files);
            // The same file may be chosen again after it was changed.
            event.target.value = "";
          }}
        />
      </section>
      {problem ? <Alert tone="danger">{problem}</Alert> : null}
      {file ? (
        <UploadDialog appId={appId} file={file} credits={credits} newest={newest} onClose={() => setFile(null)} />
      ) : null}
    </div>
  );
}

function problemOf({ name, size }: File): string | null {
  if (!/\.(apkg|zip)$/i.test(name)) return `“${name}” is no package: its name must end in .apkg.`;
  if (size === 0) return `“${name}” is empty.`;
  if (size <= packageBytesMax) return null;
  return `“${name}” has ${formatBytes(size)}; a package may have ${formatBytes(packageBytesMax)}.`;
}
