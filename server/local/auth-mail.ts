import { AsyncLocalStorage } from "node:async_hooks";
import { type EmailDriver, type EmailMessage, SmtpEmailDriver } from "@supabase/lite";
import type { AuthConfig } from "./auth-protocol.ts";

const redirects = new AsyncLocalStorage<string | null>();

/**
 * Runs one auth request whose mails lead to `redirectTo` in the end, as GoTrue does; Lite 0.10 leaves the caller's
 * wish out and always leads to the site's root. Whether the target is allowed is checked when the link is followed.
 */
export function withRedirect<T>(redirectTo: string | null, run: () => T): T {
  return redirects.run(redirectTo, run);
}

/** Sends through SMTP when it is configured; otherwise each mail becomes one line of the log. */
export function mailDriver(smtp: AuthConfig["smtp"], log: (line: string) => void): EmailDriver {
  const driver = smtp ? new SmtpEmailDriver(smtp) : { send: async (mail: EmailMessage) => log(mailLine(mail)) };
  return { send: (mail) => driver.send({ ...mail, text: redirected(mail.text), html: redirected(mail.html) }) };
}

/** One line that a developer can act on: the link to click, or the code to type when there is none. */
export function mailLine({ to, subject, text, html }: EmailMessage): string {
  const body = text ?? html?.replaceAll("&amp;", "&") ?? "";
  const link = body.match(/https?:\/\/[^\s"'<>]+/)?.[0];
  const code = body.match(/\b\d{6,}\b/)?.[0];
  return `E-mail to ${to}, not sent (no SMTP): "${subject}" ${link ?? code ?? ""}`.replaceAll(/\s+/g, " ").trim();
}

function redirected(body: string | undefined): string | undefined {
  const target = redirects.getStore();
  return target ? body?.replaceAll(/redirect_to=[^&"'<\s]*/g, `redirect_to=${encodeURIComponent(target)}`) : body;
}
