import { z } from "zod";
import { platforms } from "#lib/account-pool/schema";
import { categories } from "#lib/knowledge/schema";
import { importances, projectStatuses } from "#lib/projects/schema";
import { creditsMax, sessionStatuses, sessionTypes, textMax } from "#lib/work-sessions/schema";
import { boundedInteger, oneOf, optionalText, requiredText } from "#lib/workdesk/fields";
import { moment } from "#lib/workdesk/sql-time";

const itemsMax = 50_000;

function list<T extends z.ZodType>(label: string, item: T) {
  const message = `${label} must be a list of at most ${itemsMax} items`;
  return z.array(item, message).max(itemsMax, message).default([]);
}

const ImportedSession = z.object({
  session_number: boundedInteger("session_number", 1, 1_000_000_000),
  session_type: oneOf("session_type", sessionTypes).default("development"),
  objectives: optionalText("objectives", textMax),
  accomplishments: optionalText("accomplishments", textMax),
  blockers: optionalText("blockers", textMax),
  credits_used: boundedInteger("credits_used", 0, creditsMax),
  duration_minutes: boundedInteger("duration_minutes", 0, 1_000_000_000).nullable().optional(),
  status: oneOf("status", sessionStatuses),
  started_at: moment("started_at").optional(),
  completed_at: moment("completed_at").nullable().optional(),
  account_name: requiredText("account_name", 100).default("Imported account"),
});
export type ImportedSession = z.output<typeof ImportedSession>;

const ImportedFile = z.object({
  file_path: requiredText("file_path", 1_000),
  importance: oneOf("importance", importances).default("medium"),
});

const ImportedKnowledge = z.object({
  category: oneOf("category", categories),
  title: requiredText("title", 200),
  description: requiredText("description", 10_000),
  tags: z.string("tags must be a string").max(1_000, "tags must have at most 1000 characters").default(""),
  usage_count: boundedInteger("usage_count", 0, 1_000_000_000).default(0),
  success_rate: z.number("success_rate must be a number from 0 to 1").min(0).max(1).default(1),
});

const ImportedAccount = z.object({
  account_name: requiredText("account_name", 100),
  platform: oneOf("platform", platforms).default("other"),
  specialization: optionalText("specialization", 200),
});

/** The answer of export-project as it is; fields that only Baton writes may be missing. */
export const ImportProject = z.object({
  data: z.object(
    {
      project: z.object(
        {
          name: requiredText("Project name", 200),
          description: optionalText("description", 10_000),
          status: oneOf("status", projectStatuses).default("active"),
          created_at: moment("created_at").optional(),
        },
        "data.project is required",
      ),
      sessions: list("sessions", ImportedSession),
      files: list("files", ImportedFile),
      knowledge: list("knowledge", ImportedKnowledge),
      accounts: list("accounts", ImportedAccount),
    },
    "data is required: the data of an exported project",
  ),
});
export type ImportProject = z.output<typeof ImportProject>;

export const ImportedProject = z.object({
  id: z.int(),
  sessions: z.int(),
  files: z.int(),
  knowledge: z.int().meta({ description: "Entries that the organization did not have yet." }),
  accounts: z.int().meta({ description: "Accounts that the organization did not have yet; they are blocked." }),
});
export type ImportedProject = z.infer<typeof ImportedProject>;
