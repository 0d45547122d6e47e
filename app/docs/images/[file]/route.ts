import { listImages, readImage } from "#lib/docs/read";

// The pictures of the guides, under the relative addresses that the guides name.
export const dynamic = "force-static";
export const dynamicParams = false;

export async function generateStaticParams() {
  return (await listImages()).map((file) => ({ file }));
}

export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  if (!(await listImages()).includes(file)) return new Response("There is no such picture.\n", { status: 404 });
  return new Response(await readImage(file), { headers: { "content-type": "image/png" } });
}
