import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";
import { requireMember } from "../../member";
import { listChoices } from "../../model-choices";
import { Playground } from "./playground";

export const metadata: Metadata = { title: "Playground" };

export default async function PlaygroundPage() {
  await requireMember("agents:write");
  const models = await listChoices();
  const [first] = models;

  return (
    <Page title="Playground" description="One prompt, up to three models side by side. Runs count like any other call.">
      {first ? (
        <Playground models={models} firstModel={first.id} />
      ) : (
        <EmptyState title="No model can be called">
          Start Baton with a provider's key, such as <code className="font-mono text-xs">OPENAI_API_KEY</code>, or
          switch the simulator on again by removing <code className="font-mono text-xs">BATON_SIMULATOR=off</code>.
        </EmptyState>
      )}
    </Page>
  );
}
