"use client";

import { ArrowDown } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";

type Line = { at: string; message: string };

/** Lines count as seen to the end when no more than this is below. */
const slackPx = 8;

/** What a step said. New lines are followed while the reader is at the end, and announced when not. */
export function StepLog({ label, lines }: { label: string; lines: Line[] }) {
  const region = useRef<HTMLElement>(null);
  const text = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  const [isBehind, setIsBehind] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when there are more lines.
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
    else setIsBehind(true);
  }, [lines.length]);

  function toEnd() {
    region.current?.scrollTo({ top: region.current.scrollHeight });
    setIsBehind(false);
  }

  function onScroll() {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = region.current ?? {};
    isAtEnd.current = scrollHeight - scrollTop - clientHeight <= slackPx;
    if (isAtEnd.current) setIsBehind(false);
  }

  return (
    <div className="relative min-w-0 rounded-md border bg-muted/60">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section
        ref={region}
        aria-label={`Log of “${label}”`}
        tabIndex={0}
        onScroll={onScroll}
        className="max-h-64 overflow-auto rounded-md py-2 pr-11 pl-3"
      >
        <pre ref={text} className="whitespace-pre-wrap font-mono text-[0.8125rem] leading-5 [overflow-wrap:anywhere]">
          {lines.map(({ at, message }) => `${at.slice(11, 23)}  ${message}\n`).join("")}
        </pre>
      </section>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: end of the region that scrolls. */}
      <div className="absolute top-1 right-1 rounded-md bg-card">
        <CopyButton
          text={lines.map(({ at, message }) => `${at} ${message}`).join("\n")}
          source={text}
          label={`Copy the log of “${label}”`}
        />
      </div>
      {isBehind ? (
        <Button size="sm" onClick={toEnd} className="absolute right-2 bottom-2 shadow-pop">
          <ArrowDown aria-hidden />
          Jump to latest
        </Button>
      ) : null}
    </div>
  );
}
