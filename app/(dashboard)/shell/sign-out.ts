import { send } from "#components/request";

/** Ends the session. A full load afterwards forgets everything that was rendered for the reader. */
export async function signOut(): Promise<void> {
  await send("POST", "/api/auth/logout", {});
  window.location.assign("/login");
}
