import { lexer, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";
import { CodeBlock } from "#components/ui/code-block";
import { depthMax, inline } from "./inline";

/** What is longer shows as it was written: reading Markdown can take time that grows with the square of its length. */
const charsMax = 64_000;

/**
 * A model's answer as Markdown, rendered where it is used: on the server without any script in the browser, or in the
 * browser while it comes. Nothing of it is HTML, no picture is fetched, and links lead only to other sites.
 */
export function Markdown({ text }: { text: string }) {
  const tokens = tokensOf(text);
  const look = "min-w-0 text-sm leading-6 [overflow-wrap:anywhere]";
  if (tokens === null) return <div className={`${look} whitespace-pre-wrap`}>{text}</div>;
  return <div className={`${look} grid grid-cols-1 gap-3`}>{blocks(tokens)}</div>;
}

function tokensOf(text: string): Token[] | null {
  if (text.length > charsMax) return null;
  try {
    return lexer(text);
  } catch (error) {
    // Thousands of quotes in each other: more than the stack holds.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function blocks(tokens: readonly Token[], depth = 0): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no other identity, and are only ever added at the end.
  return tokens.map((token, index) => <Fragment key={index}>{block(token, depth)}</Fragment>);
}

function block(token: Token, depth: number): ReactNode {
  if (depth > depthMax) return token.raw;
  switch (token.type) {
    case "space":
    case "def":
    case "checkbox":
      return null;
    case "heading":
      return <Heading depth={token.depth}>{inline(token.tokens)}</Heading>;
    case "paragraph":
      return <p>{inline(token.tokens)}</p>;
    case "text":
      return <span>{inline([token])}</span>;
    case "code":
      return <CodeBlock code={token.text} label={token.lang ? `${token.lang.split(/\s/, 1)[0]} code` : "code"} />;
    case "blockquote":
      return (
        <blockquote className="grid grid-cols-1 gap-3 border-l-2 pl-3 text-muted-foreground">
          {blocks(token.tokens ?? [], depth + 1)}
        </blockquote>
      );
    case "list":
      return <List list={token as Tokens.List} depth={depth} />;
    case "table":
      return <Table table={token as Tokens.Table} />;
    case "hr":
      return <hr />;
    default:
      return <p className="whitespace-pre-wrap">{token.raw.trim()}</p>;
  }
}

/** Below the headings of the page: an answer's own first level is the page's third. */
function Heading({ depth, children }: { depth: number; children: ReactNode }) {
  const Tag = `h${Math.min(depth + 2, 6)}` as "h3" | "h4" | "h5" | "h6";
  return <Tag className={depth === 1 ? "font-semibold text-lg" : "font-semibold text-base"}>{children}</Tag>;
}

function List({ list, depth }: { list: Tokens.List; depth: number }) {
  const items = list.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
    <li key={index} className={item.task ? "-ml-5 flex list-none items-baseline gap-2" : undefined}>
      {item.task ? (
        <span role="img" aria-label={item.checked ? "Done" : "To do"}>
          {item.checked ? "☑" : "☐"}
        </span>
      ) : null}
      <div className="grid min-w-0 grid-cols-1 gap-1">{blocks(item.tokens, depth + 1)}</div>
    </li>
  ));
  if (!list.ordered) return <ul className="grid list-disc gap-1 pl-5">{items}</ul>;
  return (
    <ol start={Number(list.start)} className="grid list-decimal gap-1 pl-6">
      {items}
    </ol>
  );
}

function Table({ table }: { table: Tokens.Table }) {
  const cells = (row: readonly Tokens.TableCell[], Tag: "th" | "td") =>
    row.map(({ tokens, align }, index) => (
      <Tag
        // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other identity.
        key={index}
        style={{ textAlign: align ?? "left" }}
        className={Tag === "th" ? "bg-muted/60 px-3 py-1.5 font-medium" : "border-t px-3 py-1.5 align-top"}
      >
        {inline(tokens)}
      </Tag>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <figure tabIndex={0} aria-label="Table" className="overflow-x-auto rounded-md border">
      <table className="w-full border-collapse [overflow-wrap:normal]">
        <thead>
          <tr>{cells(table.header, "th")}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other identity.
            <tr key={index}>{cells(row, "td")}</tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
