import { guideGroups } from "#lib/docs/guides";
import { listGuides } from "#lib/docs/read";
import type { GuideLinkGroup } from "./guide-links";

/** The links of the sidebar: every guide, and the API reference at the end of its group. */
export async function guideLinkGroups(): Promise<GuideLinkGroup[]> {
  const guides = await listGuides();
  return guideGroups.map((group) => {
    const links = guides
      .filter((guide) => guide.group === group)
      .map(({ slug, title }) => ({ href: `/docs/${slug}`, title }));
    const reference = group === "Reference" ? [{ href: "/docs/api", title: "API reference" }] : [];
    return { group, links: [...links, ...reference] };
  });
}
