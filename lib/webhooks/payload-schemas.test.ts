import { expect, test } from "vitest";
import type { ZodType } from "zod";
import { eventsOfScope } from "#lib/webhooks/events";
import {
  AgentPayload,
  BudgetPayload,
  ChatPayload,
  DeploymentPayload,
  PricingPayload,
} from "#lib/webhooks/payload-schemas";
import { payloadOf } from "#lib/webhooks/service";

const shapes = [DeploymentPayload, AgentPayload, ChatPayload, BudgetPayload, PricingPayload];

test("every event that a web hook can be told has the shape of one payload", () => {
  for (const event of new Set(Object.values(eventsOfScope).flat())) {
    const takes = shapes.filter(({ shape }) => shape.event.safeParse(event).success);
    expect(takes, event).toHaveLength(1);
  }
});

test("what is sent has these shapes, and so have the examples", () => {
  const data = { session_id: "session-1", turns: 2, reason: "idle" };
  expect(ChatPayload.parse(JSON.parse(payloadOf("session.ended", data)))).toMatchObject({ data });
  for (const shape of shapes as ZodType[]) {
    const { examples = [] } = (shape.meta() ?? {}) as { examples?: unknown[] };
    for (const example of examples) expect(shape.parse(example)).toEqual(example);
  }
});
