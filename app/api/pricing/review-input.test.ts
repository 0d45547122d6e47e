import { beforeAll, expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

let apiKey: string;
beforeAll(async () => {
  ({ apiKey } = await createOrganization());
});

const weekly = Array.from({ length: 45 }, () => ({ decision_status: "approved", gross_margin_pct: 72.5 }));
const weeks = {
  current_total_quotes: 50,
  current_approval_rate: 0.84,
  current_avg_margin_pct: 72.5,
  current_exceptions_created: 3,
  prev_total_quotes: 45,
  prev_approval_rate: 0.88,
  prev_avg_margin_pct: 68,
  prev_exceptions_created: 2,
};

const whole = (name: string) => `${name} must be a non-negative integer`;
const bad: [string, string, object, string][] = [
  [
    "A13 compliant above total",
    "portfolio-alert",
    { scenario_count: 2, compliant_count: 3, average_margin_pct: 50 },
    "compliant_count must not be above scenario_count",
  ],
  [
    "A13 a negative count",
    "portfolio-alert",
    { scenario_count: -1, compliant_count: 0, average_margin_pct: 50 },
    whole("scenario_count"),
  ],
  [
    "A13 no average",
    "portfolio-alert",
    { scenario_count: 1, compliant_count: 0 },
    "average_margin_pct must be a number",
  ],
  [
    "A13 NaN",
    "portfolio-alert",
    { scenario_count: 1, compliant_count: 0, average_margin_pct: "NaN" },
    "average_margin_pct must be a number",
  ],
  [
    "A13 Infinity",
    "portfolio-alert",
    { scenario_count: 1, compliant_count: 0, average_margin_pct: "Infinity" },
    "average_margin_pct must be a number",
  ],
  ["A14 no JSON", "weekly-metrics", { quotes: "[{" }, "quotes must be a JSON array"],
  ["A14 JSON that is no array", "weekly-metrics", { quotes: '{"a":1}' }, "quotes must be a JSON array"],
  ["A14 nothing", "weekly-metrics", {}, "quotes must be a JSON array"],
  [
    "A14 an unknown status",
    "weekly-metrics",
    { quotes: [{ decision_status: "lost", gross_margin_pct: 1 }] },
    "quotes[0]: Invalid decision_status. Must be one of: approved, escalated",
  ],
  [
    "A14 a margin that is none",
    "weekly-metrics",
    { quotes: [...weekly, { decision_status: "approved", gross_margin_pct: "high" }] },
    "quotes[45]: gross_margin_pct must be a number",
  ],
  [
    "A14 a flag that is none",
    "weekly-metrics",
    { quotes: [{ decision_status: "approved", gross_margin_pct: 1, exception_created: "yes" }] },
    "quotes[0]: exception_created must be true or false",
  ],
  ["A15 a field missing", "weekly-comparison", { ...weeks, prev_total_quotes: undefined }, whole("prev_total_quotes")],
  [
    "A15 a rate above 1",
    "weekly-comparison",
    { ...weeks, current_approval_rate: 84 },
    "current_approval_rate must be a number from 0 to 1",
  ],
  [
    "A15 a rate below 0",
    "weekly-comparison",
    { ...weeks, prev_approval_rate: -0.1 },
    "prev_approval_rate must be a number from 0 to 1",
  ],
  [
    "A16 an unknown variant",
    "experiment-summary",
    { quotes: [{ variant: "b", decision_status: "approved", gross_margin_pct: 1 }] },
    "quotes[0]: Invalid variant. Must be one of: control, test",
  ],
  ["A16 an item that is none", "experiment-summary", { quotes: [null] }, "quotes[0]: must be an object"],
  [
    "A17 more at risk than open",
    "exception-alert",
    { open_exceptions: 1, oldest_days: 20, at_risk_count: 2 },
    "at_risk_count must not be above open_exceptions",
  ],
  [
    "A17 a fraction",
    "exception-alert",
    { open_exceptions: 1.5, oldest_days: 20, at_risk_count: 1 },
    whole("open_exceptions"),
  ],
];
test.each(bad)("%s is 400 in the short form", async (_, path, body, error) => {
  expect(await send(`POST /api/pricing/${path}`, { apiKey, body })).toMatchObject({
    status: 400,
    body: { success: false, error },
  });
});
