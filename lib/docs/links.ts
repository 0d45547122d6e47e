/** The origin that guides are written with: of a fresh instance, so that a snippet works from a checkout too. */
export const writtenOrigin = "http://localhost:3000";

/**
 * Where a link of a guide leads on a page below `/docs/`. In the files, links are relative, as GitHub wants them:
 * `agents.md#budgets`, `images/overview-light.png`; addresses of this instance are written with `writtenOrigin`.
 */
export function pageHref(target: string): string {
  if (target === writtenOrigin || target.startsWith(`${writtenOrigin}/`))
    return target.slice(writtenOrigin.length) || "/";
  const [, guide, anchor = ""] = /^([a-z-]+)\.md(#.*)?$/.exec(target) ?? [];
  if (guide) return `/docs/${guide}${anchor}`;
  return target.startsWith("images/") ? `/docs/${target}` : target;
}
