import { notFound } from "next/navigation";
import { cache } from "react";
import { getProject } from "#lib/projects/service";
import { requireMember } from "../../../member";
import { orNotFound } from "../../apps/[id]/app";
import { idIn } from "../words";

export type ProjectParams = Promise<{ id: string }>;

/** The project of the address, read once for its title and its page. */
export const currentProject = cache(async (text: string) => {
  const id = idIn(text);
  if (id === undefined) notFound();
  const { data } = await orNotFound(getProject(await requireMember("agents:read"), id));
  return data;
});
