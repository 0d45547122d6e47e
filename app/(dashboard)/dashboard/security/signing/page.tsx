import type { Metadata } from "next";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import { Section } from "#components/ui/section";
import { Tabs } from "#components/ui/tabs";
import { publicUrl } from "#lib/env";
import { listKeys } from "#lib/keys/service";
import { requireMember } from "../../../member";
import { signingSnippets } from "./snippets";

export const metadata: Metadata = { title: "Request signing" };

const keysMax = 200;

const rules = [
  "Sign the text: time stamp, line break, METHOD, line break, path with its query, line break, body exactly as sent.",
  "HMAC-SHA256 with the key's signing secret, as hexadecimal, in X-Signature.",
  "The time stamp in X-Timestamp is UTC ISO time, at most five minutes off.",
  "A signature counts once: the same request again needs a new time stamp.",
];

export default async function SigningPage() {
  const ctx = await requireMember("admin:write");
  const { apiKeys } = await listKeys(ctx, { limit: keysMax });
  const signing = apiKeys.filter((key) => key.signing);
  const snippets = signingSnippets(publicUrl());
  return (
    <div className="grid grid-cols-1 gap-8">
      <Section
        title="Request signing"
        description="A key made with signing is refused without a valid signature, so a stolen key alone is worth nothing. Anything wrong is answered 401, Invalid request signature."
      >
        <Card className="p-4">
          <ol className="grid list-decimal gap-1.5 pl-5">
            {rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ol>
        </Card>
        <Tabs
          label="Languages"
          tabs={[
            { value: "node", label: "Node", code: snippets.node },
            { value: "python", label: "Python", code: snippets.python },
            { value: "shell", label: "Shell", code: snippets.shell },
          ].map(({ value, label, code }) => ({
            value,
            label,
            panel: <CodeBlock label={`signed request in ${label}`} code={code} />,
          }))}
        />
      </Section>
      <Section
        title="Keys that sign"
        description="The secret is shown once, when the key is made. An existing key cannot be switched over: make a new one."
        actions={<ButtonLink href="/dashboard/api-keys?create=1">Create a key</ButtonLink>}
      >
        {signing.length === 0 ? (
          <Card className="p-4 text-muted-foreground">No key of this organization asks for signatures.</Card>
        ) : (
          <ul aria-label="Keys that sign" className="flex flex-wrap gap-2">
            {signing.map(({ id, name }) => (
              <li key={id}>
                <Badge tone="accent">{name}</Badge>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
