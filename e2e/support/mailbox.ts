import { expect } from "@playwright/test";
import { type ReceivedMail, startFakeSmtp } from "#lib/testing/fake-smtp";

export type Mailbox = {
  /** For SMTP_URL. */
  url: string;
  /** Waits for a mail to this address whose subject matches, and answers with the link in the newest one. */
  linkTo(address: string, subject: RegExp): Promise<string>;
  /** How many mails went to this address so far. */
  countTo(address: string): number;
  stop(): Promise<void>;
};

/** A mail server that takes everything, and finds the links people would follow. */
export async function startMailbox(): Promise<Mailbox> {
  const { url, mails, stop } = await startFakeSmtp();
  const mailsTo = (address: string) => mails.filter(({ to }) => to.includes(address));

  async function linkTo(address: string, subject: RegExp): Promise<string> {
    const find = () => mailsTo(address).findLast((mail) => subject.test(subjectOf(mail)));
    await expect.poll(find, { message: `a mail to ${address} about ${subject}` }).toBeDefined();
    return linkIn(find()?.text ?? "");
  }

  return { url, linkTo, countTo: (address) => mailsTo(address).length, stop };
}

function subjectOf({ text }: ReceivedMail): string {
  const subject = /^Subject: (.*(?:\n[ \t].*)*)/im.exec(text)?.[1] ?? "";
  return subject.replaceAll(/\n[ \t]/g, " ");
}

function linkIn(text: string): string {
  const isQuoted = /^Content-Transfer-Encoding: quoted-printable/im.test(text);
  const plain = isQuoted ? text.replaceAll("=3D", "=") : text;
  const link = /https?:\/\/[^\s"'<>]+/.exec(plain)?.[0];
  if (!link) throw new Error("The mail has no link.");
  return link.replaceAll("&amp;", "&");
}
