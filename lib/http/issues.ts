import type { ZodError } from "zod";
import type { FieldIssue } from "#lib/errors";

type Issue = ZodError["issues"][number];

function message(issue: Issue): string {
  if (issue.code === "invalid_type" && issue.input === undefined && issue.message.endsWith("received undefined")) {
    return "Required field missing";
  }
  return issue.message.replace(/^Invalid input: /, "");
}

/** What Zod found wrong, as `settings.models[0]` and a sentence. */
export function issuesOf(error: ZodError): FieldIssue[] {
  return error.issues.map((issue) => ({
    field: issue.path.reduce<string>(
      (path, part) => (typeof part === "number" ? `${path}[${part}]` : path ? `${path}.${String(part)}` : String(part)),
      "",
    ),
    message: message(issue),
  }));
}
