import { expect, test } from "vitest";
import { fencesOf, headingsOf, linksOf, sectionsOf, titleOf } from "#lib/docs/markdown";

const text = `# A \`title\`

First [words](agents.md).

## Baton's *own* models & more

\`\`\`sh status=404
# a comment, no heading
curl x
\`\`\`

1. In a list:

   \`\`\`ini
   [Unit]
   \`\`\`

## Twice

| Name | Value |
| ---- | ----- |
| a    | [b](packages.md#c) |

## Twice

\`[no](link.md)\` ![picture](images/x.png)
`;

test("headings have the anchors of GitHub, also when they come twice, and comments in code are none", () => {
  expect(headingsOf(text)).toEqual([
    { level: 1, text: "A title", id: "a-title" },
    { level: 2, text: "Baton's own models & more", id: "batons-own-models--more" },
    { level: 2, text: "Twice", id: "twice" },
    { level: 2, text: "Twice", id: "twice-1" },
  ]);
  expect(titleOf(text)).toBe("A title");
  expect(() => titleOf("no title")).toThrow("begins with its title");
});

test("sections hold the words below each heading, code included, without marks", () => {
  const [first, second, third] = sectionsOf(text);
  expect(first).toEqual({ heading: "A title", id: "a-title", text: "First words." });
  expect(second?.text).toContain("curl x");
  expect(third?.text).toBe("Name Value a b");
});

test("links are those outside code", () => {
  expect(linksOf(text)).toEqual(["agents.md", "packages.md#c", "images/x.png"]);
});

test("fenced blocks have their language, what follows it, and their line", () => {
  expect(fencesOf(text)).toEqual([
    { language: "sh", meta: "status=404", code: "# a comment, no heading\ncurl x\n", line: 7 },
    { language: "ini", meta: "", code: "[Unit]\n", line: 14 },
  ]);
});
