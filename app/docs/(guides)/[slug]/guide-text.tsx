import rehypeShiki from "@shikijs/rehype/core";
import Link from "next/link";
import { type Components, MarkdownAsync } from "react-markdown";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import { pageHref } from "#lib/docs/links";
import { GuideCode } from "./guide-code";
import { codeThemes, highlighter } from "./highlight";
import { Origin } from "./origin";
import { markOrigins } from "./origin-plugin";

/** The languages of code blocks, with the words that a screen reader gives them. */
export const codeLanguages: Record<string, string> = {
  sh: "shell command",
  js: "JavaScript",
  ts: "TypeScript",
  python: "Python code",
  json: "JSON",
  ini: "unit file",
  text: "text",
};

const shiki = {
  themes: codeThemes,
  defaultColor: "light-dark()",
  defaultLanguage: "text",
  fallbackLanguage: "text",
  addLanguageClass: true,
} as const;

const anchored = (Tag: "h2" | "h3", look: string): Components["h2"] =>
  function Anchored({ id, children }) {
    return (
      <Tag id={id} className={look}>
        <a href={`#${id}`} className="hover:underline hover:decoration-muted-foreground hover:underline-offset-4">
          {children}
        </a>
      </Tag>
    );
  };

const components: Components = {
  h1: ({ children, id }) => (
    <h1 id={id} className="text-balance font-semibold text-3xl tracking-tight">
      {children}
    </h1>
  ),
  h2: anchored("h2", "mt-4 font-semibold text-xl tracking-tight"),
  h3: anchored("h3", "mt-2 font-semibold text-base"),
  ul: ({ children }) => <ul className="grid list-disc gap-1.5 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="grid list-decimal gap-3 pl-5">{children}</ol>,
  li: ({ children }) => <li className="min-w-0 [&>figure]:my-3">{children}</li>,
  a: ({ href = "", children }) => {
    const target = pageHref(href);
    const look = "text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary";
    return target.startsWith("/docs/") && !target.endsWith(".md") ? (
      <Link href={target} className={look}>
        {children}
      </Link>
    ) : (
      <a href={target} className={look}>
        {children}
      </a>
    );
  },
  // biome-ignore lint/performance/noImgElement: the picture's size is not known here, and it is small.
  img: ({ src, alt }) => <img src={pageHref(String(src))} alt={alt} loading="lazy" className="rounded-lg border" />,
  code: ({ children, className }) =>
    className === undefined ? (
      <code className="rounded-sm bg-muted px-1 py-0.5 font-mono text-[0.8125em] [overflow-wrap:anywhere]">
        {children}
      </code>
    ) : (
      <code>{children}</code>
    ),
  pre: ({ children, node }) => {
    const [code] = node?.children ?? [];
    const classes = code?.type === "element" ? [code.properties.class, code.properties.className].flat() : [];
    const language = String(classes.find((name) => String(name).startsWith("language-")) ?? "").slice(9);
    return <GuideCode label={codeLanguages[language] ?? "text"}>{children}</GuideCode>;
  },
  span: ({ node, children, ...props }) => {
    const written = node?.properties.dataOrigin;
    return typeof written === "string" ? <Origin written={written} /> : <span {...props}>{children}</span>;
  },
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <figure tabIndex={0} aria-label="Table" className="overflow-x-auto rounded-md border">
      <table className="w-full border-collapse text-left [&_code]:[overflow-wrap:normal]">{children}</table>
    </figure>
  ),
  th: ({ children }) => <th className="border-b bg-muted/60 px-3 py-2 font-medium">{children}</th>,
  td: ({ children }) => <td className="min-w-28 border-b px-3 py-2 align-top">{children}</td>,
};

/** A guide as a page shows it: anchors, highlighted code, links between guides, and this instance's own origin. */
export async function GuideText({ markdown }: { markdown: string }) {
  return (
    <div className="grid grid-cols-1 gap-4 text-[0.9375rem] leading-7">
      {
        await MarkdownAsync({
          children: markdown,
          components,
          remarkPlugins: [remarkGfm],
          rehypePlugins: [rehypeSlug, [rehypeShiki, await highlighter, shiki], markOrigins],
        })
      }
    </div>
  );
}
