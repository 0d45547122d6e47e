import { accountCases } from "./account-cases.ts";
import { deployCases } from "./deploy-cases.ts";
import { prepareHost } from "./host.ts";
import { moneyCases } from "./money-cases.ts";
import { terminalCases } from "./terminal-cases.ts";
import { workCases } from "./work-cases.ts";

// One host for everything that needs one: each takes seconds to start.
const host = await prepareHost();
accountCases(host);
workCases(host);
deployCases(host);
moneyCases(host);
terminalCases(host);
