import { createServer } from "node:http";

/** The baseline: what `node:http` itself can answer with a JSON body of the size of the API's answer. */
const body = {
  user: { id: "00000000-0000-4000-8000-000000000000", email: "x".repeat(48) },
  organization: { id: "00000000-0000-4000-8000-000000000000", name: "Bench", credits: 25 },
};
createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}).listen(Number(process.argv[2]), "127.0.0.1");
