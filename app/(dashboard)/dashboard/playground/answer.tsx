"use client";

import { Streamdown } from "streamdown";

/** An answer as Markdown. Pictures are left out: fetching one would tell its host what was asked. */
export function Answer({ text, isStreaming }: { text: string; isStreaming: boolean }) {
  return (
    <Streamdown
      mode={isStreaming ? "streaming" : "static"}
      isAnimating={isStreaming}
      disallowedElements={["img"]}
      lineNumbers={false}
      controls={{ code: { copy: true, download: false }, table: false }}
      className="min-w-0 text-sm leading-6 [overflow-wrap:anywhere]"
    >
      {text}
    </Streamdown>
  );
}
