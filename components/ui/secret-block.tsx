"use client";

import { useRef } from "react";
import { CopyButton } from "./copy-button";

type SecretBlockProps = {
  label: string;
  text: string;
  /** The parts of the text to hide while `isShown` is false. Copying always takes the real ones. */
  secrets: readonly string[];
  isShown: boolean;
  onShow: () => void;
};

/** Text that holds secrets: dots on the screen until it is shown, the real thing on the clipboard. */
export function SecretBlock({ label, text, secrets, isShown, onShow }: SecretBlockProps) {
  const source = useRef<HTMLElement>(null);
  const visible = isShown ? text : secrets.reduce((hidden, secret) => hidden.replaceAll(secret, mask(secret)), text);
  return (
    <figure className="relative min-w-0 rounded-md border bg-muted/60 text-foreground">
      <figcaption className="sr-only">{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} className="max-h-64 overflow-auto py-2.5 pr-11 pl-3 font-mono text-[0.8125rem] leading-5">
        <code ref={source}>{visible}</code>
      </pre>
      <div className="absolute top-1 right-1 rounded-md bg-card">
        <CopyButton text={text} source={source} label={`Copy ${label}`} onSelect={onShow} />
      </div>
    </figure>
  );
}

// The prefix tells keys apart and is no secret.
function mask(secret: string): string {
  const prefix = /^(?:sk_live_|staging_sk_|dev_sk_)/.exec(secret)?.[0] ?? "";
  return prefix + "•".repeat(24);
}
