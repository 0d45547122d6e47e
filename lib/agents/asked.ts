import { z } from "zod";
import { DeclarativeManifest } from "#lib/packages/manifest";
import { decryptText, encryptText } from "#lib/privacy/encryption";

const Asked = z.object({
  task: z.string(),
  /** Who works on it, in turn; one for a single agent. */
  members: z.array(z.object({ model: z.string(), role: z.string(), duty: z.string() })).min(1),
  tools: DeclarativeManifest.shape.tools,
  useKnowledge: z.boolean(),
});

/** What an agent's run was asked, as its worker needs it. */
export type Asked = z.infer<typeof Asked>;

/** As it is kept in the run's input: encrypted with the server's key. */
export function sealAsked(asked: Asked): { content: string } {
  return { content: encryptText(JSON.stringify(asked)) };
}

/** What was kept, or nothing when it was erased since. */
export function openAsked(input: unknown): Asked | undefined {
  const content = typeof input === "object" && input !== null && "content" in input ? input.content : undefined;
  return typeof content === "string" ? Asked.parse(JSON.parse(decryptText(content))) : undefined;
}
