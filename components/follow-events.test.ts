import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Connection, followEvents } from "#components/follow-events";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers the first request with the first answer, the second with the second, and so on. */
async function serve(...answers: ((response: ServerResponse) => void)[]) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    asked.push(request.headers["last-event-id"] as string | undefined);
    answers[Math.min(asked.length, answers.length) - 1]?.(response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const events = (...ids: number[]) => ids.map((id) => `id: ${id}\nevent: step\ndata: {"n":${id}}\n\n`).join("");
const stream = (response: ServerResponse) => response.writeHead(200, { "content-type": "text/event-stream" });

async function follow(url: string, last: number) {
  const seen: unknown[] = [];
  const connections: Connection[] = [];
  await followEvents(url, {
    after: 0,
    signal: AbortSignal.timeout(8_000),
    onEvent: ({ data }) => {
      seen.push(data);
      return (data as { n: number }).n === last;
    },
    onConnection: (connection) => connections.push(connection),
  });
  return { seen, connections };
}

test("a stream that is cut within an event is taken up after the last whole one: each event once and in order", async () => {
  const { url, asked } = await serve(
    (response) => stream(response).write(`${events(1, 2)}id: 3\nevent: st`, () => response.destroy()),
    (response) => stream(response).end(events(3, 4)),
  );
  const { seen, connections } = await follow(url, 4);
  expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  expect(asked).toEqual(["0", "2"]);
  expect(connections).toEqual(["live", "reconnecting", "live", "ended"]);
});

test("a server that is away for a moment is asked again; one that refuses for good is not", async () => {
  const { url, asked } = await serve(
    (response) => response.writeHead(503).end(),
    (response) => response.writeHead(404).end(),
  );
  expect((await follow(url, 1)).connections).toEqual(["reconnecting", "ended"]);
  expect(asked).toHaveLength(2);
});
