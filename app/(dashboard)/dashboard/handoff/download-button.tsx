"use client";

import { Download } from "lucide-react";
import { Button } from "#components/ui/button";
import { download } from "../projects/download";

/** Saves a text as a Markdown file. */
export function DownloadButton({ text, name }: { text: string; name: string }) {
  return (
    <Button onClick={() => download(new Blob([text], { type: "text/markdown;charset=utf-8" }), `${name}.md`)}>
      <Download aria-hidden />
      Download .md
    </Button>
  );
}
