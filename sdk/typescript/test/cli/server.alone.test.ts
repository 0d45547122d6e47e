import { vi } from "vitest";
import { prepareHost } from "../host.ts";
import { accountCases } from "./account-cases.ts";
import { deployCases } from "./deploy-cases.ts";
import { moneyCases } from "./money-cases.ts";
import { terminalCases } from "./terminal-cases.ts";
import { workCases } from "./work-cases.ts";

// Each test starts several processes, of which some wait for work that takes seconds.
vi.setConfig({ testTimeout: 60_000 });
// One host for everything that needs one: each takes seconds to start.
const host = await prepareHost();
accountCases(host);
workCases(host);
deployCases(host);
moneyCases(host);
terminalCases(host);
