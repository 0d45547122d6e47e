import { writtenOrigin } from "#lib/docs/links";

/** As much of an HTML syntax tree as is looked at here. */
export type Node = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
};

const marked = (): Node => ({
  type: "element",
  tagName: "span",
  properties: { dataOrigin: writtenOrigin },
  children: [{ type: "text", value: writtenOrigin }],
});

function split(node: Node): Node[] {
  const parts = node.value?.split(writtenOrigin) ?? [];
  return parts.flatMap((value, index) => [
    ...(index > 0 ? [marked()] : []),
    ...(value ? [{ type: "text", value }] : []),
  ]);
}

function visit(node: Node): void {
  for (const child of node.children ?? []) visit(child);
  node.children = node.children?.flatMap((child) =>
    child.type === "text" && child.value?.includes(writtenOrigin) ? split(child) : [child],
  );
}

/** Marks every place that names the origin guides are written with, so that a page can show its own. */
export const markOrigins = () => visit;
