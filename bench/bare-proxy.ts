import { createServer } from "node:http";
import { pipeline } from "node:stream";
import { Pool } from "undici";

/** The baseline: a reverse proxy on undici that does nothing but pass a request on to `argv[3]`. */
const pool = new Pool(process.argv[3] ?? "", { connections: 100 });
createServer(async (request, response) => {
  if (request.method === "GET") return response.end("{}");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = { "content-type": "application/json", authorization: "Bearer upstream" };
  const answer = await pool.request({ method: "POST", path: request.url ?? "/", headers, body: Buffer.concat(chunks) });
  if (response.destroyed) return answer.body.on("error", () => undefined).destroy();
  response.writeHead(answer.statusCode, { "content-type": String(answer.headers["content-type"]) });
  pipeline(answer.body, response, () => undefined);
}).listen(Number(process.argv[2]), "127.0.0.1");
