import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { makeCertificate } from "#lib/testing/certificate";

export type ToolRequest = { method: string; url: string; headers: Record<string, unknown>; body: string };

/** Somebody's HTTPS service for tools, with a certificate that this process trusts until it is closed. */
export type ToolServer = { origin: string; received: ToolRequest[]; close(): Promise<void> };

/** Paths: `/big` answers 100 kB, `/slow` never, `/moved` leads elsewhere, all others what they were asked. */
export async function startToolServer(): Promise<ToolServer> {
  const certificate = makeCertificate();
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, certificate.cert]);
  const received: ToolRequest[] = [];
  const server = createServer(certificate, async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers, body });
    if (url.startsWith("/slow")) return;
    if (url.startsWith("/big")) response.end("ä".repeat(50_000));
    else if (url.startsWith("/moved")) response.writeHead(302, { location: "/secret" }).end();
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ method, url, body }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        setDefaultCACertificates(trusted);
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
