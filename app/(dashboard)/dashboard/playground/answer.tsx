"use client";

import remend from "remend";
import { Markdown } from "#components/markdown/markdown";

/** An answer as Markdown, also while it comes: marks whose end is still to come count as ended. */
export function Answer({ text, isStreaming }: { text: string; isStreaming: boolean }) {
  return <Markdown text={isStreaming ? remend(text, { linkMode: "text-only", katex: false }) : text} />;
}
