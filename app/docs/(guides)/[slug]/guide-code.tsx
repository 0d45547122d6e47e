"use client";

import { type ReactNode, useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";

/** A block of highlighted code with a button that copies what it shows. */
export function GuideCode({ label, children }: { label: string; children: ReactNode }) {
  const source = useRef<HTMLPreElement>(null);
  return (
    <figure className="relative min-w-0 rounded-md border bg-muted/60">
      <figcaption className="sr-only">{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} ref={source} className="overflow-x-auto py-3 pr-11 pl-4 font-mono text-[0.8125rem] leading-5">
        {children}
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-card">
        <CopyButton source={source} label={`Copy ${label}`} />
      </div>
    </figure>
  );
}
