import { Download } from "lucide-react";
import type { Metadata } from "next";
import { buttonVariants } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Page, Section } from "#components/ui/section";
import { getInventory } from "#lib/privacy/inventory";
import { requireMember } from "../../member";
import { NotAllowed } from "../../not-allowed";
import { EraseAgent } from "./erase-agent";
import { InventoryTable } from "./inventory-table";
import { PrivacyForm } from "./privacy-form";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacyPage() {
  const ctx = await requireMember();
  if (!ctx.actor.scopes.includes("admin:write")) return <NotAllowed title="Privacy" />;
  const { categories, retention, encryption, opt_out } = await getInventory(ctx);
  const stored = { retention: String(retention.content_days), ...opt_out };

  return (
    <Page
      title="Privacy"
      description="What is kept of this organization, for how long, and how to take it or delete it."
    >
      <Section
        title="Settings"
        description="An agent may ask for a shorter time of its own. Entries of the audit log have their own, under Security."
      >
        <Card className="max-w-2xl p-4">
          <PrivacyForm key={JSON.stringify(stored)} stored={stored} />
        </Card>
      </Section>
      <Section
        title="Everything as a file"
        description="One JSON document with every row of this organization, readable, without hashes and secrets."
        actions={
          // Not a Link: it leads to a file.
          <a href="/api/privacy/export" download className={buttonVariants()}>
            <Download aria-hidden />
            Export everything
          </a>
        }
      >
        <Card className="p-4 text-muted-foreground">
          Tasks and results are kept encrypted with {encryption.algorithm}; {encryption.runs_with_own_key} of them with
          a key of their own. The export decrypts them: keep the file as carefully as what is in it.
        </Card>
      </Section>
      <Section
        title="Delete an agent's data"
        description="Its task, its result and its key, at once and wherever they are kept. What it cost stays in the books."
      >
        <Card className="p-4">
          <EraseAgent />
        </Card>
      </Section>
      <Section title="Inventory" description={`What is kept. The audit log is kept for ${retention.audit_days} days.`}>
        <InventoryTable categories={categories} />
      </Section>
    </Page>
  );
}
