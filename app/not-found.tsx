import type { Metadata } from "next";
import { Logo } from "#components/logo";
import { ButtonLink } from "#components/ui/button";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-4 px-6 py-16">
      <Logo />
      <h1 className="font-semibold text-2xl tracking-tight">There is no page at this address</h1>
      <p className="text-muted-foreground">It may have moved, or it belongs to an organization you are not in.</p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href="/dashboard" variant="primary">
          Go to the dashboard
        </ButtonLink>
        <ButtonLink href="/">Start page</ButtonLink>
      </div>
    </main>
  );
}
