import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "#components/logo";
import { ButtonLink } from "#components/ui/button";
import { guideLinkGroups } from "./guide-groups";
import { GuideDrawer } from "./guide-links";
import { SearchGuides } from "./search-guides";

/** What all pages below /docs share: the way past it for keyboards, the header, and room for the page. */
export async function DocsFrame({ children }: { children: ReactNode }) {
  const groups = await guideLinkGroups();
  return (
    <>
      <a
        href="#main"
        className="sr-only rounded-md bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b bg-card px-3 sm:px-5">
        <GuideDrawer groups={groups} />
        <Link href="/" className="rounded-sm" aria-label="Baton, start page">
          <Logo />
        </Link>
        <nav aria-label="Documentation" className="ml-2 flex items-center gap-1 max-sm:hidden">
          <ButtonLink href="/docs" variant="ghost">
            Guides
          </ButtonLink>
          <ButtonLink href="/docs/api" variant="ghost">
            API reference
          </ButtonLink>
        </nav>
        <div className="ml-auto flex items-center gap-1.5">
          <SearchGuides />
          <ButtonLink href="/dashboard">Dashboard</ButtonLink>
        </div>
      </header>
      {children}
    </>
  );
}
