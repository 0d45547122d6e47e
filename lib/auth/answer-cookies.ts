/** Where cookies of an answer are put while it is being made: each one a whole `Set-Cookie` value. */
export type AnswerCookies = { appendCookie(cookie: string): void };
