import type { WebSocket } from "ws";

const missesMax = 2;
/** Connections are asked in turns, so that many of them do not hold up the event loop at once. */
const turns = 30;

type Watched = { socket: WebSocket; misses: number; turn: number };

/** Asks every connection once in `everyMs` whether it is alive, and drops one that missed two answers. */
export function keepAlive(everyMs: number): { watch(socket: WebSocket): void; stop(): void } {
  const watched = new Set<Watched>();
  let turn = 0;
  let last = 0;
  const timer = setInterval(() => {
    turn = (turn + 1) % turns;
    for (const one of watched) {
      if (one.turn !== turn) continue;
      if (one.misses >= missesMax) one.socket.terminate();
      else {
        one.misses += 1;
        one.socket.ping();
      }
    }
  }, everyMs / turns).unref();
  return {
    watch: (socket) => {
      last = (last + 1) % turns;
      const one = { socket, misses: 0, turn: last };
      watched.add(one);
      socket.on("pong", () => {
        one.misses = 0;
      });
      socket.on("close", () => watched.delete(one));
    },
    stop: () => clearInterval(timer),
  };
}
