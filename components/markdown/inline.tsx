import type { Token } from "marked";
import { Fragment, type ReactNode } from "react";
import { decodeEntities } from "./entities";

/** Deeper than anybody writes; what is nested deeper shows as it was written. */
export const depthMax = 20;

/** The words of a paragraph with their marks. Raw HTML shows as text, and a picture as its description. */
export function inline(tokens: readonly Token[] = [], depth = 0): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no other identity, and are only ever added at the end.
  return tokens.map((token, index) => <Fragment key={index}>{mark(token, depth)}</Fragment>);
}

function mark(token: Token, depth: number): ReactNode {
  if (depth > depthMax) return token.raw;
  const inside = () => inline("tokens" in token ? token.tokens : undefined, depth + 1);
  switch (token.type) {
    case "text":
      return "tokens" in token && token.tokens ? inside() : decodeEntities(token.text);
    case "escape":
      return token.text;
    case "strong":
      return <strong className="font-semibold">{inside()}</strong>;
    case "em":
      return <em>{inside()}</em>;
    case "del":
      return <del>{inside()}</del>;
    case "codespan":
      return <code className="rounded-sm bg-muted px-1 py-0.5 font-mono text-[0.8125em]">{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return <OutsideLink href={token.href}>{inside()}</OutsideLink>;
    // Fetching a picture would tell its host what was asked.
    case "image":
      return decodeEntities(token.text);
    case "checkbox":
      return null;
    default:
      return token.raw;
  }
}

/** A link of an answer leads to another site or nowhere: models make up addresses, and may have been told to. */
function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  const target = decodeEntities(href);
  if (!/^(https?:\/\/|mailto:)/i.test(target) || !URL.canParse(target)) return children;
  return (
    <a
      href={target}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary"
    >
      {children}
    </a>
  );
}
