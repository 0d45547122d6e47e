import { createTransport } from "nodemailer";
import { env } from "#lib/env";
import { log } from "#lib/log";

export type Mail = { to: string; subject: string; text: string };

/** Whether a mail server is configured. Without one, links are shown to whoever made them instead. */
export function canMail(): boolean {
  return env().SMTP_URL !== undefined;
}

/** Sends a mail; answers whether the mail server took it. A mail server that is down is logged, never thrown. */
export async function sendMail(mail: Mail): Promise<boolean> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) return false;
  const transport = createTransport({ url: SMTP_URL, connectionTimeout: 10_000, socketTimeout: 10_000 });
  try {
    await transport.sendMail({ from: MAIL_FROM, ...mail });
    return true;
  } catch (error) {
    log.error({ err: error }, "could not send a mail");
    return false;
  } finally {
    transport.close();
  }
}
