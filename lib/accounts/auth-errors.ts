import type { AuthError } from "@supabase/supabase-js";
import { AppError, conflict, forbidden, invalid, unauthorized, unavailable } from "#lib/errors";

const weak = (message: string) => invalid([{ field: "password", message }]);

const known: Record<string, () => AppError> = {
  user_already_exists: () => conflict("An account with this e-mail address exists. Log in instead.", "EMAIL_TAKEN"),
  email_exists: () => conflict("An account with this e-mail address exists. Log in instead.", "EMAIL_TAKEN"),
  invalid_credentials: () => unauthorized("Wrong e-mail address or password", "INVALID_CREDENTIALS"),
  user_not_found: () => unauthorized("Wrong e-mail address or password", "INVALID_CREDENTIALS"),
  email_not_confirmed: () => forbidden("Confirm your e-mail address first; we sent you a link.", "EMAIL_NOT_VERIFIED"),
  weak_password: () => weak("This password is too weak. Use at least 8 characters that nobody guesses."),
  same_password: () => weak("The new password must differ from the old one."),
  email_address_invalid: () => invalid([{ field: "email", message: "Must be an e-mail address" }]),
  refresh_token_not_found: () => unauthorized("The session is over. Log in again."),
  refresh_token_already_used: () => unauthorized("The session is over. Log in again."),
  session_not_found: () => unauthorized("The session is over. Log in again."),
  session_expired: () => unauthorized("The session is over. Log in again."),
  bad_jwt: () => unauthorized("The link is used or expired. Ask for a new one."),
  signup_disabled: () => forbidden("Sign-up is switched off on this instance.", "SIGNUP_DISABLED"),
  over_request_rate_limit: () =>
    new AppError("rate_limited", "Too many attempts. Wait a minute.", { retryAfterSeconds: 60 }),
  over_email_send_rate_limit: () =>
    new AppError("rate_limited", "Too many e-mails. Wait a minute.", { retryAfterSeconds: 60 }),
};

/** What the auth service refused, in our words. One that is down or answers nonsense is `unavailable`. */
export function authFailure(error: AuthError | { code: string }): AppError {
  const made = known[error.code ?? ""];
  return made ? made() : unavailable("The sign-in service does not answer. Try again in a moment.", { cause: error });
}
