"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { toFailure, toRecord } from "#components/request";
import { Button } from "#components/ui/button";
import { formatNumber } from "#components/ui/format";
import { Section } from "#components/ui/section";
import { toastFailure } from "#components/use-action";
import { download } from "../../projects/download";
import type { Size } from "../measure";

type OriginalProps = { id: number; shown: string; isWhole: boolean; size: Size };

/** The text that was handed over. Long ones are shown in part; the download has all of it. */
export function Original({ id, shown, isWhole, size }: OriginalProps) {
  const [isPending, setIsPending] = useState(false);

  async function save() {
    setIsPending(true);
    try {
      const response = await fetch(`/api/handoff/${id}`);
      const body = toRecord(await response.json());
      const { original } = toRecord(body.data);
      if (typeof original === "string")
        download(new Blob([original], { type: "text/plain;charset=utf-8" }), `original-${id}.txt`);
      else {
        const failure = toFailure(response, body);
        toastFailure(failure.message, failure.requestId);
      }
    } catch {
      toastFailure("The original could not be loaded. Check the connection and try again.", null);
    }
    setIsPending(false);
  }

  return (
    <Section
      title="Original"
      description={`${formatNumber(size.lines)} lines, about ${formatNumber(size.tokens)} tokens.`}
      actions={
        <Button size="sm" pending={isPending} onClick={save}>
          <Download aria-hidden />
          Download original
        </Button>
      }
    >
      <details className="min-w-0 rounded-md border bg-card">
        <summary className="cursor-pointer rounded-md px-3 py-2 text-muted-foreground hover:text-foreground">
          {isWhole ? "Show the original" : "Show the beginning of the original"}
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
        <pre tabIndex={0} className="max-h-96 overflow-auto px-3 py-2 font-mono text-[0.8125rem] leading-5">
          <code className="whitespace-pre-wrap [overflow-wrap:anywhere]">{shown}</code>
        </pre>
      </details>
    </Section>
  );
}
