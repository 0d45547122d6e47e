import type { ReactNode } from "react";
import { DocsFrame } from "../docs-frame";
import { guideLinkGroups } from "../guide-groups";
import { GuideLinks } from "../guide-links";

export default async function GuidesLayout({ children }: { children: ReactNode }) {
  return (
    <DocsFrame>
      <div className="mx-auto grid w-full max-w-7xl grid-cols-1 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <aside className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] overflow-y-auto border-r px-3 py-6 lg:block">
          <GuideLinks groups={await guideLinkGroups()} />
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 px-4 py-8 outline-none sm:px-8">
          {children}
        </main>
      </div>
    </DocsFrame>
  );
}
