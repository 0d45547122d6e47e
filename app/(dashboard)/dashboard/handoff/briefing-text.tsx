"use client";

import { useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";
import { formatNumber } from "#components/ui/format";
import { DownloadButton } from "./download-button";
import { sizeOf } from "./measure";

/** A briefing as it is pasted into the next account. `name` is that of the file it can be saved as. */
export function BriefingText({ text, name }: { text: string; name: string }) {
  const source = useRef<HTMLElement>(null);
  const { lines, tokens } = sizeOf(text);
  return (
    <figure className="min-w-0 rounded-md border bg-muted/60 text-foreground">
      <figcaption className="flex flex-wrap items-center gap-2 border-b bg-card px-3 py-1.5">
        <span className="mr-auto text-muted-foreground text-xs tabular-nums">
          {formatNumber(lines)} lines, about {formatNumber(tokens)} tokens
        </span>
        <CopyButton isWide text={text} source={source} label="Copy briefing" />
        <DownloadButton text={text} name={name} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} className="max-h-96 overflow-auto px-3 py-2.5 font-mono text-[0.8125rem] leading-5">
        <code ref={source} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {text}
        </code>
      </pre>
    </figure>
  );
}
