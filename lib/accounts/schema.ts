import { z } from "zod";
import { Email } from "#lib/organizations/schema";

const passwordCharactersMin = 8;
const Password = z
  .string()
  .min(passwordCharactersMin, `Password must have at least ${passwordCharactersMin} characters`)
  .max(72, "Password must have at most 72 characters");

export const Login = z.object({
  email: z.string().trim().toLowerCase().min(1, "Required field missing").max(254),
  password: z.string().min(1, "Required field missing").max(200),
  rememberMe: z.boolean().default(false),
});
export type Login = z.infer<typeof Login>;

const User = z.object({ id: z.uuid(), email: z.string() });
const Session = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.int() });

export const LoggedIn = z.object({ user: User.extend({ created_at: z.iso.datetime() }), session: Session });
export type LoggedIn = z.infer<typeof LoggedIn>;

/** The log-in page checks it again before it leads anywhere. */
const Next = z
  .string()
  .max(1_000)
  .startsWith("/", "Must be a path of this site")
  .optional()
  .meta({ description: "Where the confirmation link leads after the log-in: a path of this site." });

export const SignUp = z.object({
  email: Email,
  password: Password,
  organizationName: z
    .string()
    .trim()
    .min(1, "Organization name must not be blank")
    .max(100, "Organization name must have at most 100 characters")
    .optional(),
  next: Next,
});
export type SignUp = z.infer<typeof SignUp>;

export const SignedUp = z.object({ message: z.string(), user: User });
export type SignedUp = z.infer<typeof SignedUp>;

export const Message = z.object({ message: z.string() }).meta({ id: "Message" });

export const CurrentSession = z.object({
  user: User.extend({ id: z.uuid().nullable() }).partial({ email: true }),
  organization: z.object({ id: z.uuid(), name: z.string(), credits: z.int() }),
});

export const Refresh = z.object({ refresh_token: z.string().min(1).max(4096).optional() });
export const AskReset = z.object({ email: Email });
export const Resend = z.object({ email: Email, next: Next });
export type Resend = z.infer<typeof Resend>;
export const SetPassword = z.object({
  access_token: z.string().min(1, "Required field missing").max(8192),
  password: Password,
});
export type SetPassword = z.infer<typeof SetPassword>;
