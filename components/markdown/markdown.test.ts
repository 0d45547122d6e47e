import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "./markdown";

const rendered = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }));

test("renders what models write: headings, lists, tables, code and marks", () => {
  expect(rendered("# Plan\n\nOne **bold** and *soft* `word` &amp; more")).toMatch(
    /<h3 [^>]*>Plan<\/h3><p>One <strong [^>]*>bold<\/strong> and <em>soft<\/em> <code [^>]*>word<\/code> &amp; more<\/p>/,
  );
  expect(rendered("3. three\n4. four")).toMatch(/<ol start="3".*three.*four/);
  expect(rendered("- [x] done\n- [ ] open")).toMatch(/aria-label="Done".*done.*aria-label="To do".*open/);
  expect(rendered("|a|b|\n|-|-:|\n|1|2|")).toMatch(/<th [^>]*>a<\/th>.*<td style="text-align:right"[^>]*>2<\/td>/);
  expect(rendered("```js\nlet a = 1 < 2;\n```")).toContain("<code>let a = 1 &lt; 2;</code>");
});

test("shows HTML as text and fetches no picture", () => {
  const html = rendered(
    '<script>alert(1)</script>\n\nan <img src="https://x.example/a"> and ![a cat](https://x.example/cat)',
  );
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(html).toContain("a cat");
  expect(html).not.toMatch(/<script|<img/);
});

test("links lead only to other sites, without telling them where from", () => {
  expect(rendered("[a](https://a.example/?x=1&y=2)")).toMatch(
    /<a href="https:\/\/a\.example\/\?x=1&amp;y=2" target="_blank" rel="noopener noreferrer nofollow"/,
  );
  for (const href of [
    "javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,x",
    "/dashboard",
    "//x.example",
  ]) {
    const html = rendered(`[word](${href})`);
    expect(html).toContain("word");
    expect(html).not.toContain("<a ");
  }
});

test("what is nested too deeply, or too long, shows as it was written", () => {
  expect(rendered(`${"> ".repeat(100)}end`)).toContain("end");
  expect(rendered(`${"> ".repeat(5_000)}end`)).toContain("&gt; &gt; end");
  expect(rendered(`**a** ${"x".repeat(64_000)}`)).toContain("**a** x");
});
