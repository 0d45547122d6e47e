import { createServer } from "node:net";

/** Somebody else listens on the port. The message is for the terminal. */
export class PortInUseError extends Error {}

/** Refuses a port that is taken before anything is started, with what to do about it. */
export function assertPortFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const words =
        error.code === "EADDRINUSE"
          ? `Port ${port} is in use by another program. Stop it, or choose another port: npm start -- --port ${port + 1}`
          : `Port ${port} cannot be used (${error.code}). Choose another one: npm start -- --port 3000`;
      reject(new PortInUseError(words));
    });
    probe.listen({ port, host: "127.0.0.1" }, () => probe.close(() => resolve()));
  });
}
