"use client";

import { useState } from "react";
import { chatSnippets } from "#components/snippets";
import { CodeBlock } from "#components/ui/code-block";
import { SecretBlock } from "#components/ui/secret-block";
import { useFreshKey } from "../fresh-key";
import { CreateKeyButton } from "./api-keys/create-key-button";

/** A request that works as pasted: with the reader's own key while it is known, else with one from the environment. */
export function FirstRequest({ canCreateKey }: { canCreateKey: boolean }) {
  const { origin, model, freshKey } = useFreshKey();
  const [isShown, setIsShown] = useState(false);
  const { curl } = chatSnippets({
    origin,
    model,
    apiKey: freshKey,
    messages: [{ role: "user", content: "Say hello in one sentence." }],
  });
  return (
    <div className="grid gap-2">
      {freshKey ? (
        <SecretBlock
          label="first request"
          text={curl}
          secrets={[freshKey]}
          isShown={isShown}
          onShow={() => setIsShown(true)}
        />
      ) : (
        <CodeBlock label="first request" code={curl} />
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-xs">
        {freshKey ? (
          <span>Your new key is filled in. This step ticks itself when the request arrives.</span>
        ) : (
          <>
            <span>Put your key into BATON_API_KEY, or make a new one and have it filled in.</span>
            {canCreateKey ? <CreateKeyButton label="Create key" variant="secondary" size="sm" /> : null}
          </>
        )}
      </div>
    </div>
  );
}
