import { z } from "zod";

const agentId = z.string("agent_id is required").min(1, "agent_id is required");

/** How version 3 named an agent: `agent_id`, or `id`. */
export const NamedAgent = z
  .object({ agent_id: agentId.optional(), id: agentId.optional() })
  .refine(({ agent_id, id }) => agent_id !== undefined || id !== undefined, {
    message: "agent_id is required",
    path: ["agent_id"],
  });

/** The same where it may be elsewhere as well. */
export const MaybeNamedAgent = z.object({ agent_id: agentId.optional(), id: agentId.optional() });

type Named = z.infer<typeof MaybeNamedAgent>;

export const idOfNamed = ({ agent_id, id }: Named): string | undefined => agent_id ?? id;

/** The address of an agent in the version that stays, as far as the URL says which. */
export function successorOfAgent(request: Request): string {
  const given = new URL(request.url).searchParams;
  const id = given.get("agent_id") ?? given.get("id");
  return `/api/v4/agent/${id ? encodeURIComponent(id) : "{agent_id}"}`;
}
