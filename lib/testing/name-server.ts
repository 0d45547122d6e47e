import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";

export type NameServer = { address: string; close(): void };

const types = { A: 1, AAAA: 28 };

/** The name in the question of a DNS message, and the number of the byte after it. */
function readName(message: Buffer): [string, number] {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return [labels.join(".").toLowerCase(), at + 1];
}

function answerTo(query: Buffer, names: Record<string, string[]>): Buffer {
  const [name, end] = readName(query);
  const type = query.readUInt16BE(end);
  const known = names[name];
  const wanted = (known ?? []).filter((address) => (isIPv6(address) ? types.AAAA : types.A) === type);
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  // A recursive answer; 3 says that there is no such name.
  header.writeUInt16BE(0x8180 | (known ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(wanted.length, 6);
  const records = wanted.map((address) => {
    const bytes = Buffer.from(ipaddr.parse(address).toByteArray());
    const head = Buffer.from([0xc0, 12, type >> 8, type & 255, 0, 1, 0, 0, 0, 0, 0, bytes.length]);
    return Buffer.concat([head, bytes]);
  });
  return Buffer.concat([header, query.subarray(12, end + 4), ...records]);
}

/** A name server on a port of its own that knows the given names; to it, no others exist. */
export async function startNameServer(names: Record<string, string[]>): Promise<NameServer> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => socket.send(answerTo(query, names), port, address));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}
