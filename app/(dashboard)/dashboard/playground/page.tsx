import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { Page } from "#components/ui/section";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { listChoices } from "../../model-choices";
import { listQuoteChoices } from "../../quote-choices";
import { fillFrom, type Mode, modes } from "./filled";
import { Orchestrator, Playground } from "./views";

export const metadata: Metadata = { title: "Playground" };

const words: Record<Mode, { label: string; description: string }> = {
  compare: {
    label: "Compare models",
    description: "One prompt, up to three models side by side. Runs count like any other call.",
  },
  orchestrate: {
    label: "Orchestrate",
    description: "Models answer, another one judges, and the next round does better, until it is good enough.",
  },
};

export default async function PlaygroundPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:write"), searchParams]);
  const runId = single(params.run);
  const [models, filled, quotes] = await Promise.all([listChoices(ctx), fillFrom(ctx, runId), listQuoteChoices(ctx)]);
  const [first] = models;
  const mode = modes.find((one) => one === single(params.mode)) ?? filled.mode;
  const tabs = modes.map((one) => ({
    href: `/dashboard/playground?${new URLSearchParams({ mode: one, ...(runId && { run: runId }) })}`,
    label: words[one].label,
    isCurrent: one === mode,
  }));

  return (
    <Page title="Playground" description={words[mode].description}>
      {first ? (
        <div className="grid grid-cols-1 gap-4">
          <div className="min-w-0">
            <LinkTabs label="Views of the playground" tabs={tabs} />
          </div>
          {mode === "orchestrate" ? (
            <Orchestrator
              key={runId}
              models={models}
              quotes={quotes}
              user={`playground of ${ctx.actor.email}`}
              first={filled}
            />
          ) : (
            <Playground
              key={runId}
              models={models}
              firstModel={models.find(({ id }) => id === filled.model)?.id ?? first.id}
              firstPrompt={filled.prompt}
            />
          )}
        </div>
      ) : (
        <EmptyState title="No model can be called">
          Start Baton with a provider's key, such as <code className="font-mono text-xs">OPENAI_API_KEY</code>, add one
          of your own under Models, or switch the simulator on again by removing{" "}
          <code className="font-mono text-xs">BATON_SIMULATOR=off</code>.
        </EmptyState>
      )}
    </Page>
  );
}
