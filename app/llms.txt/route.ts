import { llmsIndex } from "#lib/docs/llms";
import { listGuides } from "#lib/docs/read";

export const dynamic = "force-static";

export async function GET(): Promise<Response> {
  const text = llmsIndex(await listGuides());
  return new Response(text, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
