import type { Metadata } from "next";
import { Card } from "#components/ui/card";
import { Section } from "#components/ui/section";
import { requireApp } from "#lib/apps/service";
import { tenant } from "#lib/db/transaction";
import { requireMember } from "../../../../member";
import { type AppParams, orNotFound } from "../app";
import { DeleteApp } from "./delete-app";
import { GeneralForm } from "./general-form";
import { SigningForm } from "./signing-form";

export const metadata: Metadata = { title: "Settings" };

export default async function AppSettingsPage({ params }: { params: AppParams }) {
  const [ctx, { id }] = await Promise.all([requireMember("agents:write"), params]);
  const app = await orNotFound(requireApp(tenant(ctx), ctx, id));
  const isAdmin = ctx.actor.scopes.includes("admin:write");
  const general = { name: app.name, description: app.description ?? "", isPublic: app.isPublic };
  const signing = {
    publicKey: app.publicKey ?? "",
    isRequired: app.requireSignature,
    hasSecret: app.sealedSigningSecret !== null,
  };

  return (
    <div className="grid max-w-2xl grid-cols-1 gap-8">
      <Section title="General">
        <Card className="p-4">
          <GeneralForm key={JSON.stringify(general)} id={id} stored={general} />
        </Card>
      </Section>
      <Section
        title="Package signatures"
        description={
          isAdmin
            ? "A signature proves who made a package. It is checked with the secret or the public key."
            : "Only owners and admins can change how packages are signed."
        }
      >
        <Card className="p-4">
          <SigningForm
            key={`${signing.publicKey} ${signing.isRequired}`}
            id={id}
            stored={signing}
            isEditable={isAdmin}
          />
        </Card>
      </Section>
      <Section
        title="Delete the app"
        description="Packages, deployments and web hooks go with it, and cannot be brought back."
      >
        <DeleteApp id={id} name={app.name} />
      </Section>
    </div>
  );
}
