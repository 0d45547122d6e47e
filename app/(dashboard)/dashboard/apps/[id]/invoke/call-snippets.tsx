"use client";

import { useState } from "react";
import { invokeSnippets } from "#components/app-snippets";
import { CodeBlock } from "#components/ui/code-block";
import { SecretBlock } from "#components/ui/secret-block";
import { Tabs } from "#components/ui/tabs";
import { useFreshKey } from "../../../../fresh-key";

/** The call as it is filled in, for programs; with the reader's new key while it is known. */
export function CallSnippets({ appId, input, quoteId }: { appId: string; input: unknown; quoteId: string }) {
  const { origin, freshKey } = useFreshKey();
  const [isShown, setIsShown] = useState(false);
  const snippets = invokeSnippets({ origin, appId, input, quoteId, apiKey: freshKey });
  return (
    <section className="grid min-w-0 gap-1">
      <h3 className="font-medium">The same from a program</h3>
      <Tabs
        label="Language"
        tabs={[
          { value: "curl", label: "curl", code: snippets.curl },
          { value: "typescript", label: "TypeScript", code: snippets.typescript },
          { value: "python", label: "Python", code: snippets.python },
        ].map(({ value, label, code }) => ({
          value,
          label,
          panel: freshKey ? (
            <SecretBlock
              label={`${label} example`}
              text={code}
              secrets={[freshKey]}
              isShown={isShown}
              onShow={() => setIsShown(true)}
            />
          ) : (
            <CodeBlock label={`${label} example`} code={code} />
          ),
        }))}
      />
    </section>
  );
}
