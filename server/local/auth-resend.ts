import { randomBytes } from "node:crypto";
import type { EmailDriver } from "@supabase/lite";
import type { PostgresConnection } from "@supabase/lite/postgres";

type Resend = { sql: PostgresConnection["driver"]; mail: EmailDriver; siteUrl: string };

const isResend = (value: unknown): value is { type: string; email: string } =>
  typeof value === "object" && value !== null && "type" in value && "email" in value && typeof value.email === "string";

/**
 * Mails the confirmation link of a sign-up again, as GoTrue does; Lite 0.10 answers every repetition with 429 and mails
 * nothing. Answers alike whether or not the address waits for confirmation; nothing for other kinds, which are Lite's.
 */
export async function resendConfirmation(
  { sql, mail, siteUrl }: Resend,
  request: Request,
): Promise<Response | undefined> {
  const body: unknown = await request.json().catch(() => undefined);
  if (!isResend(body) || body.type !== "signup") return undefined;
  const token = randomBytes(32).toString("hex");
  const waiting = await sql<{ email: string }[]>`
    update auth.users set confirmation_token = ${token}, confirmation_sent_at = ${new Date().toISOString()}
    where lower(email) = ${body.email.trim().toLowerCase()} and email_confirmed_at is null
    returning email`;
  for (const { email } of waiting) {
    const link = `${siteUrl}/auth/v1/verify?token=${token}&type=signup&redirect_to=${encodeURIComponent(siteUrl)}`;
    const text = `Follow this link to confirm your e-mail address:\n\n${link}\n`;
    await mail.send({ to: email, subject: "Confirm Your Signup", text });
  }
  return Response.json({});
}
