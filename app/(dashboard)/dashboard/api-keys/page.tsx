import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";
import { KeyEnvironment } from "#lib/keys/schema";
import { listKeys } from "#lib/keys/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { NotAllowed } from "../../not-allowed";
import { CreateKeyButton } from "./create-key-button";
import { KeyFilters } from "./key-filters";
import { KeyTable } from "./key-table";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireMember();
  if (!ctx.actor.scopes.includes("admin:write")) return <NotAllowed title="API keys" />;
  const [{ apiKeys }, query] = await Promise.all([listKeys(ctx), searchParams]);
  const text = single(query.q).trim();
  const environment = KeyEnvironment.safeParse(single(query.environment)).data ?? null;
  const wanted = text.toLowerCase();
  const found = apiKeys.filter(
    (key) =>
      (environment === null || key.environment === environment) &&
      (key.name.toLowerCase().includes(wanted) || key.key_preview.toLowerCase().includes(wanted)),
  );

  return (
    <Page
      title="API keys"
      description="Programs sign in with a key. Give each program its own, with no more scopes than it needs."
      actions={<CreateKeyButton isMain key={single(query.create)} opensAtOnce={single(query.create) === "1"} />}
    >
      {apiKeys.length === 0 ? (
        <EmptyState icon={<KeyRound aria-hidden />} title="No keys yet" action={<CreateKeyButton />}>
          Create one to call this instance with curl, the OpenAI client or anything else that speaks HTTP.
        </EmptyState>
      ) : (
        <div className="grid gap-3">
          <KeyFilters text={text} environment={environment} />
          {found.length === 0 ? (
            <EmptyState
              title="No key matches"
              action={<ButtonLink href="/dashboard/api-keys">Clear the filter</ButtonLink>}
            >
              {apiKeys.length === 1 ? "The one key there is" : `All ${apiKeys.length} keys`} of this organization look
              different.
            </EmptyState>
          ) : (
            <KeyTable apiKeys={found} />
          )}
          <p aria-live="polite" className="text-muted-foreground text-xs">
            {found.length === apiKeys.length
              ? `${apiKeys.length} ${apiKeys.length === 1 ? "key" : "keys"}`
              : `${found.length} of ${apiKeys.length} keys`}
          </p>
        </div>
      )}
    </Page>
  );
}
