"use client";

import { deployCommand } from "#components/app-snippets";
import { useFreshKey } from "../../../../fresh-key";
import { KeyCommand } from "../../key-command";

/** The way to a first package from a terminal. */
export function FirstPackage({ appId }: { appId: string }) {
  const { origin, freshKey } = useFreshKey();
  return (
    <KeyCommand
      title="Or from a terminal: pack a sample, upload it and deploy it"
      label="commands that deploy a sample"
      code={deployCommand({ origin, appId, apiKey: freshKey })}
    />
  );
}
