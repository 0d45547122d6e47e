import { vi } from "vitest";
import { agencyCases } from "./agency-cases.ts";
import { appCases } from "./app-cases.ts";
import { accountCases } from "./cli/account-cases.ts";
import { deployCases } from "./cli/deploy-cases.ts";
import { moneyCases } from "./cli/money-cases.ts";
import { terminalCases } from "./cli/terminal-cases.ts";
import { workCases } from "./cli/work-cases.ts";
import { exampleCases } from "./examples-cases.ts";
import { prepareHost } from "./host.ts";
import { orchestraCases } from "./orchestra-cases.ts";

// Each test of the command line starts several processes, of which some wait for work that takes seconds.
vi.setConfig({ testTimeout: 60_000 });
// One host for everything that needs one: each takes seconds to start.
const host = await prepareHost();
agencyCases(host);
appCases(host);
orchestraCases(host);
exampleCases(host);
accountCases(host);
workCases(host);
deployCases(host);
moneyCases(host);
terminalCases(host);
