import { expect, test } from "vitest";
import { createDesk, refusal } from "#lib/testing/work-desk";

async function startDesk() {
  const desk = await createDesk();
  const project = await desk.addProject();
  const compress = (context: unknown, compress_level?: unknown) =>
    desk.post("/api/private/smart-compress", { project_id: project, context, compress_level });
  return { ...desk, project, compress };
}

test("P13 the briefing, byte for byte, and 12 lines of 450 are 97 percent", async () => {
  const { compress } = await startDesk();
  const marked = Array.from({ length: 14 }, (_, index) => `✅ Step ${index + 1}`);
  const context = [...marked, ...Array(436).fill("something that went on for a while")].join("\n");
  const { status, body } = await compress(context, "high");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    stats: { original_lines: 450, compressed_lines: 12, compression_ratio: 97 },
  });
  expect(body.briefing).toBe(
    `# 🎯 SMART COMPRESSED - Multi-Account Orchestrator

**Level**: HIGH | **Ratio**: 97%

## 📝 Key Points
${marked.slice(0, 12).join("\n")}

---
*Smart Compression by PRIVATE ORCHESTRATOR*`,
  );
});

test("P13 low keeps the first 25 lines, medium is the default", async () => {
  const desk = await startDesk();
  const context = Array.from({ length: 30 }, (_, index) => `This is the line with number ${index + 1}`).join("\r\n");
  const low = (await desk.compress(context, "low")).body;
  expect(low.stats).toEqual({ original_lines: 30, compressed_lines: 25, compression_ratio: 17 });
  expect(low.briefing).toContain("**Level**: LOW | **Ratio**: 17%");
  expect(low.briefing).not.toContain("\r");
  const medium = (await desk.compress(context)).body;
  expect(medium.stats).toEqual({ original_lines: 30, compressed_lines: 15, compression_ratio: 50 });
  expect(medium.briefing).toContain("**Level**: MEDIUM | **Ratio**: 50%");
});

test("P13 changes nothing but the record of hand-overs", async () => {
  const desk = await startDesk();
  const account = await desk.addAccount("A");
  const session = await desk.startSession(desk.project, account);
  const before = [await desk.get("/api/projects"), await desk.sessions.get(session), await desk.get("/api/accounts")];
  const { body } = await desk.compress("A single line that is long enough");
  const after = [await desk.get("/api/projects"), await desk.sessions.get(session), await desk.get("/api/accounts")];
  expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
  expect((await desk.get(`/api/handoff/${body.handoff_id}`)).body.data).toMatchObject({
    kind: "smart",
    level: "medium",
    original: "A single line that is long enough",
    session_id: session,
  });
});

test.each([
  [{ context: "x" }, 400, "project_id is required"],
  [{ project_id: 1 }, 400, "context is required"],
  [{ project_id: 1, context: "" }, 400, "context is required"],
  [{ project_id: 1, context: 5 }, 400, "context must be a string"],
  [{ project_id: 1, context: "x", compress_level: "max" }, 400, "compress_level must be one of: low, medium, high"],
  [{ project_id: 1, context: "x", compress_level: null }, 400, "compress_level must be one of: low, medium, high"],
  [{ project_id: 99, context: "x" }, 404, "Project not found"],
])("P13 refuses %j: %i %s", async (body, status, error) => {
  const desk = await startDesk();
  expect(await desk.post("/api/private/smart-compress", body)).toMatchObject(refusal(status, error));
});

test("P13 a project of another organization is 404", async () => {
  const other = await startDesk();
  const desk = await createDesk();
  expect(await desk.post("/api/private/smart-compress", { project_id: other.project, context: "x" })).toMatchObject(
    refusal(404, "Project not found"),
  );
});
