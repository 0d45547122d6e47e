import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { log } from "#lib/log";
import { closeCodes, type Peer, type Protocol } from "#lib/sockets/protocol";

/** A reader that has so much unread is too slow; it is sent away instead of filling this process's memory. */
const unreadBytesMax = 1024 * 1024;
/** RFC 6455: a close frame holds so much. */
const reasonBytesMax = 123;

function reasonOf(text: string): string {
  let cut = text;
  while (Buffer.byteLength(cut) > reasonBytesMax) cut = cut.slice(0, -1).toWellFormed();
  return cut;
}

/** The protocols' view of a socket; `raw` is the stream below it. */
export function peerOf(socket: WebSocket, raw: Duplex): Peer {
  const close = (code: number, reason: string) => socket.close(code, reasonOf(reason));
  return {
    close,
    send: (...texts) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > unreadBytesMax) return close(closeCodes.tryAgainLater, "You read too slowly");
      // What belongs together goes out in one write.
      raw.cork();
      for (const text of texts) socket.send(text, { binary: false, compress: false });
      raw.uncork();
    },
  };
}

/** Hands what comes to the protocol. Binary frames are refused; what the protocol throws ends the connection, not the process. */
export function attach(socket: WebSocket, protocol: Protocol): void {
  socket.on("message", (data: RawData, isBinary: boolean) => {
    if (isBinary) return socket.close(closeCodes.unsupportedData, "Send text frames with JSON");
    // After a close of ours there is nobody to answer.
    if (socket.readyState !== socket.OPEN) return;
    try {
      protocol.receive(data.toString());
    } catch (error) {
      log.error({ err: error }, "a socket message failed");
      socket.close(closeCodes.internal, "Something went wrong on our side");
    }
  });
  socket.on("close", () => protocol.left());
}
