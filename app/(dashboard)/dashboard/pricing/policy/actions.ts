"use server";

import type { ActionResult } from "#components/use-action";
import { previewPolicy } from "#lib/pricing/policy/preview";
import { type PolicyAnswer, type PolicyPreview, UpdatePolicy } from "#lib/pricing/policy/schema";
import { updatePolicy } from "#lib/pricing/policy/service";
import { act } from "../../../action";

/** What a change would do to the newest quotes. Stores nothing. */
export async function previewPolicyAction(input: UpdatePolicy): Promise<ActionResult<PolicyPreview>> {
  return act({ scope: "admin:write", input: UpdatePolicy }, input, previewPolicy);
}

/** Adds a version of the policy. */
export async function updatePolicyAction(input: UpdatePolicy): Promise<ActionResult<PolicyAnswer>> {
  return act({ scope: "admin:write", input: UpdatePolicy }, input, updatePolicy);
}
