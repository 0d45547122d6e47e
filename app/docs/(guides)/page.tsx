import type { Metadata } from "next";
import Link from "next/link";
import { guideGroups } from "#lib/docs/guides";
import { listGuides } from "#lib/docs/read";

export const metadata: Metadata = {
  title: "Docs",
  description: "Guides and API reference of Baton: quick start, agents, orchestration, billing, web hooks, hosting.",
};

export default async function DocsPage() {
  const guides = await listGuides();
  return (
    <div className="grid max-w-4xl gap-8">
      <div className="grid gap-2">
        <h1 className="font-semibold text-3xl tracking-tight">Docs</h1>
        <p className="text-base text-muted-foreground leading-7">
          Guides say how things are done; the{" "}
          <Link href="/docs/api" className="text-primary underline underline-offset-4">
            API reference
          </Link>{" "}
          lists every endpoint and can call it. For language models there are{" "}
          <a href="/llms.txt" className="text-primary underline underline-offset-4">
            /llms.txt
          </a>{" "}
          and the Markdown of each guide.
        </p>
      </div>
      {guideGroups.map((group) => (
        <section key={group} aria-labelledby={slugOf(group)} className="grid gap-3">
          <h2 id={slugOf(group)} className="font-medium text-lg">
            {group}
          </h2>
          <ul className="grid gap-3 sm:grid-cols-2">
            {guides
              .filter((guide) => guide.group === group)
              .map(({ slug, title, description }) => (
                <li key={slug}>
                  <Link
                    href={`/docs/${slug}`}
                    className="grid h-full content-start gap-1 rounded-lg border bg-card p-4 hover:border-input hover:bg-muted"
                  >
                    <span className="font-medium">{title}</span>
                    <span className="text-muted-foreground">{description}</span>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const slugOf = (group: string) => group.toLowerCase().replaceAll(" ", "-");
