"use client";

import { Check, Copy } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { Button } from "./button";

type CopyButtonProps = {
  /** Left out: what `source` shows. */
  text?: string;
  /** The element that shows the text; it is selected where the browser offers no clipboard (plain http). */
  source: RefObject<HTMLElement | null>;
  label?: string;
  /** Called before the text is selected, so that a hidden one can be shown first. */
  onSelect?: () => void;
  /** Show the words, not only the icon. */
  isWide?: boolean;
};

/** Copies a text. Without clipboard access it selects the text on the page, ready for the copy keys. */
export function CopyButton({ text, source, label = "Copy", onSelect, isWide = false }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text ?? source.current?.textContent ?? "");
    } catch {
      if (onSelect) flushSync(onSelect);
      selectText(source.current);
      toast.info("Press Ctrl+C or ⌘C to copy the selected text.", {
        description: "This page may not use the clipboard.",
      });
      return;
    }
    setIsCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsCopied(false), 2000);
  }

  const Icon = isCopied ? Check : Copy;
  return (
    <Button
      variant={isWide ? "secondary" : "ghost"}
      size={isWide ? "md" : "iconSmall"}
      aria-label={isWide ? undefined : label}
      onClick={copy}
    >
      <Icon aria-hidden />
      {isWide ? <span>{isCopied ? "Copied" : label}</span> : null}
      <span aria-live="polite" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </Button>
  );
}

function selectText(element: HTMLElement | null): void {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.select();
    return;
  }
  const selection = window.getSelection();
  if (element === null || selection === null) return;
  selection.selectAllChildren(element);
}
