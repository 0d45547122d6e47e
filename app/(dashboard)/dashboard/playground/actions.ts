"use server";

import { mapRunsOfSession } from "#lib/runs/list";
import { requireMember } from "../../member";

/** The run that carries out an orchestration of a session; null when it is not the reader's organization's. */
export async function findRunAction(input: {
  sessionId: string;
  orchestrationId: string;
}): Promise<{ runId: string | null }> {
  const runs = await mapRunsOfSession(await requireMember("agents:read"), String(input.sessionId));
  return { runId: runs.get(String(input.orchestrationId)) ?? null };
}
