import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** `text` is the whole mail with its headers, the soft line breaks of quoted-printable undone. */
export type ReceivedMail = { to: string[]; text: string };
export type FakeSmtp = { url: string; mails: ReceivedMail[]; stop(): Promise<void> };

/** One conversation by RFC 5321, as far as a sender without encryption or login needs it. */
function converse(socket: Socket, mails: ReceivedMail[]): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let mail: ReceivedMail = { to: [], text: "" };
  let isData = false;
  let buffered = "";
  const answer = (line: string) => {
    if (isData && line === ".") {
      isData = false;
      mails.push({ ...mail, text: mail.text.replaceAll("=\n", "") });
      mail = { to: [], text: "" };
      return say("250 taken");
    }
    if (isData) {
      mail.text += `${line.startsWith("..") ? line.slice(1) : line}\n`;
      return true;
    }
    const recipient = /^RCPT TO:<(.+?)>/i.exec(line)?.[1];
    if (recipient) mail.to.push(recipient);
    isData = /^DATA/i.test(line);
    if (isData) return say("354 go on");
    return say(/^QUIT/i.test(line) ? "221 bye" : "250 ok");
  };
  socket.on("error", () => undefined);
  socket.on("data", (bytes) => {
    buffered += bytes.toString("utf8");
    const lines = buffered.split("\r\n");
    buffered = lines.pop() ?? "";
    for (const line of lines) answer(line);
  });
  say("220 fake");
}

/** A mail server that takes everything. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  const mails: ReceivedMail[] = [];
  const server = createServer((socket) => converse(socket, mails));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port.");
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `smtp://127.0.0.1:${address.port}`, mails, stop };
}
