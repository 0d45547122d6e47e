/** How a version of the policy is called. */
export const policyName = (version: number): string => (version > 0 ? `Version ${version}` : "Default policy");
