import { Coins } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Logo } from "#components/logo";
import { Alert } from "#components/ui/alert";
import { formatCompact, formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { publicUrl } from "#lib/env";
import { getCurrentOrganization, listOwnOrganizations } from "#lib/organizations/service";
import { FreshKeyProvider } from "./fresh-key";
import { requireMember } from "./member";
import { listChoices } from "./model-choices";
import { Commands } from "./shell/commands";
import { DemoBanner } from "./shell/demo-banner";
import { OrganizationSwitcher } from "./shell/organization-switcher";
import { NavigationDrawer, Sidebar } from "./shell/sidebar";
import { UserMenu } from "./shell/user-menu";

export const metadata: Metadata = { title: { default: "Dashboard", template: "%s · Baton" }, robots: { index: false } };

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await requireMember();
  const [{ organization }, { organizations }, models] = await Promise.all([
    getCurrentOrganization(ctx),
    listOwnOrganizations(ctx),
    listChoices(ctx),
  ]);
  const isAdmin = ctx.actor.scopes.includes("admin:write");
  const isSimulatorOnly = models.length > 0 && models.every((model) => model.simulated);
  const parts = {
    isAdmin,
    header: (
      <Link href="/dashboard" className="flex h-9 items-center rounded-md px-2">
        <Logo />
      </Link>
    ),
    footer: <Credits credits={organization.credits} />,
  };

  return (
    <FreshKeyProvider origin={publicUrl()} model={models[0]?.id ?? "gpt4"}>
      <a
        href="#main"
        className="sr-only rounded-md bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to the page
      </a>
      <div className="grid min-h-dvh grid-cols-1 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <Sidebar {...parts} />
        <div className="grid min-w-0 grid-cols-1 grid-rows-[auto_1fr]">
          <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b bg-card px-3 sm:px-5">
            <NavigationDrawer {...parts} />
            <OrganizationSwitcher organizations={organizations} />
            <div className="ml-auto flex items-center gap-1.5">
              <Commands isAdmin={isAdmin} />
              <UserMenu email={ctx.actor.email} role={ctx.actor.role} />
            </div>
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto grid w-full max-w-6xl grid-cols-1 content-start gap-5 px-4 py-6 outline-none sm:px-6"
          >
            <DemoBanner ctx={ctx} />
            {isSimulatorOnly ? (
              <Alert tone="warning">
                No model provider is configured: a simulator answers, and marks every reply.
                <span className="max-sm:hidden"> Set OPENAI_API_KEY or another provider's key to use real models.</span>
              </Alert>
            ) : null}
            {children}
          </main>
        </div>
      </div>
    </FreshKeyProvider>
  );
}

function Credits({ credits }: { credits: number }) {
  return (
    <Link
      href="/dashboard/billing"
      title={`${formatNumber(credits)} credits`}
      className="flex items-center gap-2 rounded-md border px-2.5 py-2 hover:border-input hover:bg-muted"
    >
      <Coins aria-hidden className="size-4 text-muted-foreground" />
      <span className="text-muted-foreground">Credits</span>
      <span className="ml-auto font-medium tabular-nums">{formatCompact(credits)}</span>
    </Link>
  );
}
