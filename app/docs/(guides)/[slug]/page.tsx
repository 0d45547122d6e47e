import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { guideEntries } from "#lib/docs/guides";
import { headingsOf } from "#lib/docs/markdown";
import { findGuide, type Guide, listGuides } from "#lib/docs/read";
import { CopyMarkdown } from "./copy-markdown";
import { GuideText } from "./guide-text";
import { OnThisPage } from "./on-this-page";

type GuidePageProps = { params: Promise<{ slug: string }> };

export const dynamicParams = false;

export const generateStaticParams = () => guideEntries.map(({ slug }) => ({ slug }));

export async function generateMetadata({ params }: GuidePageProps): Promise<Metadata> {
  const guide = await findGuide((await params).slug);
  if (!guide) return {};
  return {
    title: `${guide.title} · Docs`,
    description: guide.description,
    alternates: { types: { "text/markdown": `/docs/${guide.slug}.md` } },
  };
}

export default async function GuidePage({ params }: GuidePageProps) {
  const { slug } = await params;
  const guides = await listGuides();
  const at = guides.findIndex((guide) => guide.slug === slug);
  const guide = guides[at];
  if (!guide) notFound();
  const headings = headingsOf(guide.markdown).filter(({ level }) => level === 2 || level === 3);

  return (
    <div className="grid grid-cols-1 gap-10 xl:grid-cols-[minmax(0,1fr)_13rem]">
      <div className="grid min-w-0 max-w-3xl gap-6">
        <div className="flex flex-wrap items-center gap-2">
          <p className="mr-auto text-muted-foreground">{guide.group}</p>
          <CopyMarkdown markdown={guide.markdown} />
          <a href={`/docs/${slug}.md`} className="text-primary underline underline-offset-4">
            Open as Markdown
          </a>
        </div>
        {headings.length > 1 ? (
          <details className="rounded-md border bg-card px-3 py-2 xl:hidden">
            <summary className="cursor-pointer font-medium">On this page</summary>
            <OnThisPage headings={headings} label="On this page, folded" />
          </details>
        ) : null}
        <article id="guide" className="min-w-0">
          <GuideText markdown={guide.markdown} />
        </article>
        <nav aria-label="Previous and next guide" className="flex flex-wrap justify-between gap-3 border-t pt-6">
          <Neighbour guide={guides[at - 1]} direction="previous" />
          <Neighbour guide={guides[at + 1]} direction="next" />
        </nav>
      </div>
      {headings.length > 1 ? (
        <div className="sticky top-20 hidden max-h-[calc(100dvh-6rem)] self-start overflow-y-auto xl:block">
          <p className="pb-1 font-medium text-xs">On this page</p>
          <OnThisPage headings={headings} label="On this page" />
        </div>
      ) : null}
    </div>
  );
}

function Neighbour({ guide, direction }: { guide: Guide | undefined; direction: "previous" | "next" }) {
  if (!guide) return <span />;
  return (
    <Link
      href={`/docs/${guide.slug}`}
      rel={direction === "previous" ? "prev" : "next"}
      className="flex items-center gap-2 rounded-md border bg-card px-3 py-2 hover:border-input hover:bg-muted [&_svg]:size-4"
    >
      {direction === "previous" ? <ArrowLeft aria-hidden /> : null}
      <span className="sr-only">{direction === "previous" ? "Previous: " : "Next: "}</span>
      {guide.title}
      {direction === "next" ? <ArrowRight aria-hidden /> : null}
    </Link>
  );
}
