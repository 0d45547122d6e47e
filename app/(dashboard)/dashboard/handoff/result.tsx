"use client";

import { RefreshCw } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { CopyButton } from "#components/ui/copy-button";
import { formatNumber } from "#components/ui/format";
import { Textarea } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { Link } from "#components/ui/link";
import { RotateDialog } from "../accounts/rotate-dialog";
import { fileNameOf } from "../projects/download";
import { StartSessionButton } from "../projects/start-session-button";
import { DownloadButton } from "./download-button";
import { savedPercent, sizeOf } from "./measure";
import type { Written } from "./use-compress";

export type OpenSession = { number: number; accountId: number; account: string };

type ResultProps = {
  written: Written;
  /** The context it was made from. */
  before: string;
  /** The session that was open then. */
  from: OpenSession | undefined;
  project: { id: number; name: string };
};

/** A new briefing: what became of the text, the briefing to change and take along, and the way to the next account. */
export function Result({ written, before, from, project }: ResultProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(written.briefing);
  const [isRotating, setIsRotating] = useState(false);
  const [was, is] = [sizeOf(before), sizeOf(text)];
  const rows = [
    { label: "Lines", before: was.lines, after: is.lines },
    { label: "Tokens, about", before: was.tokens, after: is.tokens },
  ];
  return (
    <Card className="grid grid-cols-1 gap-4 p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">
          <Link href={`/dashboard/handoff/${written.id}`} className="rounded-sm underline-offset-4 hover:underline">
            Hand-over {written.id}
          </Link>
        </h2>
        {written.mode === "verified" ? <Badge tone="success">Verified</Badge> : null}
      </header>
      <dl aria-label="Before and after" className="grid grid-cols-2 gap-3">
        {rows.map((row) => (
          <div key={row.label}>
            <dt className="text-muted-foreground text-xs">{row.label}</dt>
            <dd className="font-medium tabular-nums">
              {formatNumber(row.before)} → {formatNumber(row.after)}
            </dd>
            <dd className="text-muted-foreground text-xs tabular-nums">
              {row.after < row.before ? `${savedPercent(row.before, row.after)} % less` : "not shorter"}
            </dd>
          </div>
        ))}
      </dl>
      {written.recall === null ? null : (
        <Alert tone={written.recall >= 0.8 ? "info" : "warning"}>
          The briefing alone answers {Math.round(written.recall * 100)} % of {written.questions} questions about the
          original.
          {written.runId ? (
            <>
              {" "}
              <Link href={`/dashboard/runs/${written.runId}`} className="underline underline-offset-4">
                See the check
              </Link>
            </>
          ) : null}
        </Alert>
      )}
      <div className="grid gap-1.5">
        <Label htmlFor={id}>Briefing</Label>
        <Textarea
          id={id}
          ref={field}
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          className="max-h-112 min-h-40 font-mono text-xs"
        />
        <p className="text-muted-foreground text-xs">
          What you change here goes into what you copy and download; the history keeps what was written.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton isWide text={text} source={field} label="Copy briefing" />
        <DownloadButton text={text} name={`${fileNameOf(project.name)}-${written.id}`} />
        {from ? (
          <Button variant="primary" onClick={() => setIsRotating(true)}>
            <RefreshCw aria-hidden />
            Rotate {from.account.length > 24 ? "the account" : from.account}…
          </Button>
        ) : (
          <StartSessionButton projectId={project.id} label="Start the next session" />
        )}
      </div>
      {isRotating && from ? (
        <RotateDialog
          account={{ id: from.accountId, account_name: from.account }}
          projectId={project.id}
          onClose={() => setIsRotating(false)}
        />
      ) : null}
    </Card>
  );
}
