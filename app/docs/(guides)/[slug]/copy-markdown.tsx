"use client";

import { CopyButton } from "#components/ui/copy-button";

// Where there is no clipboard, the guide itself is selected.
const source = {
  get current() {
    return document.getElementById("guide");
  },
};

/** Copies a guide as it is written, for notes and language models. */
export function CopyMarkdown({ markdown }: { markdown: string }) {
  return <CopyButton text={markdown} source={source} label="Copy as Markdown" isWide />;
}
