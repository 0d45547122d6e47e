import { measureDeployments } from "./deployments.ts";

console.log(await measureDeployments());
