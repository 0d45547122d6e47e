import { sectionsOf } from "#lib/docs/markdown";
import { listGuides } from "#lib/docs/read";

// What the search of the guides looks through, in the reader's browser.
export const dynamic = "force-static";

export async function GET(): Promise<Response> {
  const guides = await listGuides();
  return Response.json(
    guides.flatMap(({ slug, title, markdown }) => sectionsOf(markdown).map((section) => ({ slug, title, ...section }))),
  );
}
