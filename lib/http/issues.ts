import type { ZodError } from "zod";
import type { FieldIssue } from "#lib/errors";

type Issue = ZodError["issues"][number];

function message(issue: Issue): string {
  if (issue.code === "invalid_type" && issue.input === undefined && issue.message.endsWith("received undefined")) {
    return "Required field missing";
  }
  return issue.message.replace(/^Invalid input: /, "");
}

const isMissing = (issue: Issue) => message(issue) === "Required field missing";

/** Where a value fits none of several shapes: what is wrong with the one that it seems to mean, the first by default. */
function meant(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union" || issue.path.length > 0) return [issue];
  const missing = issue.errors.map((branch) => (branch as Issue[]).filter(isMissing).length);
  const chosen = issue.errors[missing.indexOf(Math.min(...missing))] as Issue[] | undefined;
  return chosen?.length ? chosen : [issue];
}

/** What Zod found wrong, as `settings.models[0]` and a sentence. */
export function issuesOf(error: ZodError): FieldIssue[] {
  return error.issues.flatMap(meant).map((issue) => ({
    field: issue.path.reduce<string>(
      (path, part) => (typeof part === "number" ? `${path}[${part}]` : path ? `${path}.${String(part)}` : String(part)),
      "",
    ),
    message: message(issue),
  }));
}
