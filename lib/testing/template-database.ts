/** A migrated database that test files copy when they need one of their own. */
export const templateDatabase = "tests_template";
