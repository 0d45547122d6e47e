import { guideEntries } from "#lib/docs/guides";
import { findGuide } from "#lib/docs/read";

// A guide as it is written: /docs/<slug>.md (next.config.ts) leads here.
export const dynamic = "force-static";
export const dynamicParams = false;

export const generateStaticParams = () => guideEntries.map(({ slug }) => ({ slug }));

export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const guide = await findGuide((await params).slug);
  if (!guide) return new Response("There is no such guide.\n", { status: 404 });
  return new Response(guide.markdown, { headers: { "content-type": "text/markdown; charset=utf-8" } });
}
