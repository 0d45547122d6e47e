"use client";

import { useRef } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

type CodeBlockProps = { code: string; label: string; className?: string };

/** Code that is meant to be copied. */
export function CodeBlock({ code, label, className }: CodeBlockProps) {
  const source = useRef<HTMLElement>(null);
  return (
    <figure className={cn("group relative min-w-0 rounded-md border bg-muted/60 text-foreground", className)}>
      <figcaption className="sr-only">{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} className="overflow-x-auto py-2.5 pr-11 pl-3 font-mono text-[0.8125rem] leading-5">
        <code ref={source}>{code}</code>
      </pre>
      <div className="absolute top-1 right-1 rounded-md bg-card">
        <CopyButton text={code} source={source} label={`Copy ${label}`} />
      </div>
    </figure>
  );
}
