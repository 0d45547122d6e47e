type Target = {
  /** Origin of this instance without a trailing slash. */
  origin: string;
  /** The reader's own key; without it the commands read BATON_API_KEY from the environment. */
  apiKey?: string | null;
};

function post({ origin, apiKey }: Target, path: string, body: unknown): string {
  return [
    `curl ${origin}/api/${path} \\`,
    `  -H "Authorization: Bearer ${apiKey ?? "$BATON_API_KEY"}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`,
  ].join("\n");
}

/** Opens a project from a terminal. */
export const createProjectCommand = (target: Target) => post(target, "projects", { name: "Web shop" });

/** Adds two accounts from a terminal. */
export const createAccountsCommand = (target: Target) =>
  post(target, "private/batch-create-accounts", {
    accounts: [{ account_name: "Primary", specialization: "frontend" }, { account_name: "Backup" }],
  });
