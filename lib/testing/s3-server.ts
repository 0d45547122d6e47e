import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the tests use of the package s3rver, which brings no types. */
type S3Server = new (options: {
  address: string;
  port: number;
  silent: boolean;
  directory: string;
  configureBuckets: { name: string }[];
}) => { run(): Promise<AddressInfo>; close(): Promise<void> };

export const bucket = "packages";
const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

/** A server of the S3 protocol, behind a line that a test may cut. */
export type TestS3 = {
  endpoint: string;
  credentials: typeof credentials;
  /** The variables with which Baton uses it. */
  environment: Record<string, string>;
  /** Cuts every connection once it has carried so many bytes to the server; 0 refuses them, undefined heals the line. */
  cutAfter(bytes: number | undefined): void;
  stop(): Promise<void>;
};

/** Starts a bucket in a folder that is thrown away. */
export async function startS3(): Promise<TestS3> {
  const directory = mkdtempSync(join(tmpdir(), "baton-s3-"));
  const Server = createRequire(import.meta.url)("s3rver") as S3Server;
  const options = { address: "127.0.0.1", port: 0, silent: true, directory, configureBuckets: [{ name: bucket }] };
  const server = new Server(options);
  const { port } = await server.run();

  let limit: number | undefined;
  const sockets = new Set<Socket>();
  const line = createServer((client) => {
    if (limit === 0) return client.destroy();
    const upstream = connect(port, "127.0.0.1");
    let carried = 0;
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", cut).on("close", () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on("data", (chunk) => {
      carried += chunk.length;
      if (limit !== undefined && carried > limit) cut();
    });
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  const environment = {
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    S3_FORCE_PATH_STYLE: "1",
  };
  return {
    endpoint,
    credentials,
    environment,
    cutAfter: (bytes) => {
      limit = bytes;
      if (bytes === 0) for (const socket of sockets) socket.destroy();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      line.close();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
