import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state";
import { Page, Section } from "#components/ui/section";
import { listModelScores } from "#lib/orchestration/models";
import { listProviderKeys } from "#lib/provider-keys/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { AddKeyButton } from "./add-key-button";
import { KeyTable } from "./key-table";
import { ModelTable } from "./model-table";
import { readModels } from "./read";
import { ScoreTable } from "./score-table";

export const metadata: Metadata = { title: "Models" };

export default async function ModelsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, query] = await Promise.all([requireMember("agents:read"), searchParams]);
  const isAdmin = ctx.actor.scopes.includes("admin:write");
  const [models, scores, { providerKeys }] = await Promise.all([
    readModels(ctx),
    listModelScores(ctx),
    listProviderKeys(ctx, {}),
  ]);

  return (
    <Page
      title="Models"
      description="Who can answer, what it costs, and how well your own orchestrations found them. Prices are for a million tokens."
      actions={
        isAdmin ? (
          <AddKeyButton isMain key={single(query.create)} opensAtOnce={single(query.create) === "1"} />
        ) : undefined
      }
    >
      <Section
        title="Catalogue"
        description="Simulated models are answered by a small program until their provider has a key. Health is what this server saw since it started."
      >
        <ModelTable models={models} />
      </Section>
      <Section
        title="Provider keys"
        description="Your own access to a provider. It goes before the operator's, and calls with it cost no credits."
      >
        {providerKeys.length > 0 ? (
          <KeyTable keys={providerKeys} isAdmin={isAdmin} />
        ) : (
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title="No provider keys"
            level={3}
            action={isAdmin ? <AddKeyButton /> : undefined}
          >
            {isAdmin
              ? "Add one to use a provider's real models with your own account."
              : "An owner or admin can add one to use a provider's real models with your own account."}
          </EmptyState>
        )}
      </Section>
      <Section title="Measured scores" description="How other models judged the answers of each, from 0 to 10.">
        <ScoreTable scores={scores} />
      </Section>
    </Page>
  );
}
