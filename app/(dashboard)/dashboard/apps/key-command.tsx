"use client";

import { useState } from "react";
import { CodeBlock } from "#components/ui/code-block";
import { SecretBlock } from "#components/ui/secret-block";
import { useFreshKey } from "../../fresh-key";

type KeyCommandProps = {
  title: string;
  label: string;
  /** With the key made last in it, if there is one. */
  code: string;
  /** What the key must be allowed, in the words of the page of keys. */
  scope?: string;
};

/** A command that works as pasted: with the reader's own new key, or with one from the environment. */
export function KeyCommand({ title, label, code, scope = "Run models and agents" }: KeyCommandProps) {
  const { freshKey } = useFreshKey();
  const [isShown, setIsShown] = useState(false);
  return (
    <section className="grid min-w-0 grid-cols-1 gap-1.5">
      <h2 className="font-medium">{title}</h2>
      {freshKey ? (
        <SecretBlock label={label} text={code} secrets={[freshKey]} isShown={isShown} onShow={() => setIsShown(true)} />
      ) : (
        <CodeBlock label={label} code={code} />
      )}
      <p className="text-muted-foreground text-xs">
        {freshKey ? "Your new key is filled in." : `Put a key with the scope “${scope}” into BATON_API_KEY.`}
      </p>
    </section>
  );
}
