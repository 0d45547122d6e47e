import { Rocket } from "lucide-react";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Section } from "#components/ui/section";
import { tenant } from "#lib/db/transaction";
import { requirePackage } from "#lib/packages/service";
import { isDeclarative } from "#lib/runtime/choose";
import { listInvocations } from "#lib/runtime/invocations/read";
import { requireMember } from "../../../member";
import { listQuoteChoices } from "../../../quote-choices";
import { plural } from "../words";
import { type AppParams, currentApp, orNotFound } from "./app";
import { CallTable } from "./call-table";
import { InvokePanel } from "./invoke/invoke-panel";

const callsShown = 10;

export default async function AppPage({ params }: { params: AppParams }) {
  const [ctx, { id }] = await Promise.all([requireMember("agents:read"), params]);
  const app = await currentApp(id);
  const [live, { invocations }, quotes] = await Promise.all([
    app.deployedPackageId ? orNotFound(requirePackage(tenant(ctx), ctx, id, app.deployedPackageId)) : null,
    listInvocations(ctx, id, { limit: callsShown, offset: 0 }),
    listQuoteChoices(ctx),
  ]);

  return (
    <div className="grid grid-cols-1 gap-6">
      {live ? (
        <Section
          title={`Call ${live.manifest.name} ${live.version}`}
          description={live.manifest.description ?? "The form follows the input that its manifest declares."}
        >
          <InvokePanel
            key={live.id}
            appId={id}
            inputSchema={live.manifest.inputSchema}
            quotes={isDeclarative(live.manifest) ? quotes : null}
          />
        </Section>
      ) : (
        <EmptyState
          icon={<Rocket aria-hidden />}
          title="Nothing is deployed yet"
          action={
            <ButtonLink variant="primary" href={`/dashboard/apps/${id}/packages`}>
              {app.packages === 0 ? "Upload a package" : "Deploy a package"}
            </ButtonLink>
          }
        >
          An app answers calls once one of its packages is deployed.
        </EmptyState>
      )}
      {live || invocations.length > 0 ? (
        <Section title="Calls" description={`${plural(app.invocations, "call")} in the last 7 days.`}>
          <CallTable calls={invocations} />
        </Section>
      ) : null}
    </div>
  );
}
