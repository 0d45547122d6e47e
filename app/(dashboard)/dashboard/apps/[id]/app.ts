import { notFound } from "next/navigation";
import { cache } from "react";
import { getAppCard } from "#lib/apps/cards";
import { AppError } from "#lib/errors";
import { requireMember } from "../../../member";

export type AppParams = Promise<{ id: string }>;

/** The result, or the page that says there is nothing at the address. */
export async function orNotFound<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

/** The app of the address, read once for its layout and its page. */
export const currentApp = cache(async (id: string) => orNotFound(getAppCard(await requireMember("agents:read"), id)));
