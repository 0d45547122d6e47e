import { type Profile, readProfile } from "./config.ts";
import { misused } from "./failure.ts";

export const defaultUrl = "http://localhost:3000";

export type Source = "option" | "environment" | "profile" | "default";
export type Connection = {
  url: string;
  urlFrom: Source;
  key: string | undefined;
  keyFrom: Source | undefined;
  profile: string;
  stored: Profile | undefined;
};
export type Chosen = { url?: string; key?: string; profile?: string };

/** An address as it is compared and stored: http or https, without slashes at its end. */
export function addressOf(text: string): string {
  const isWeb = URL.canParse ? URL.canParse(text) : /^https?:\/\/[^/\s]+/.test(text);
  if (!isWeb || !/^https?:$/.test(new URL(text).protocol)) {
    throw misused(`"${text}" is no address`, `It reads like ${defaultUrl}.`);
  }
  return text.replace(/\/+$/, "");
}

const firstOf = (...candidates: [string | undefined, Source][]) => candidates.find(([value]) => value);

/** Where to and as whom: options win over the environment, which wins over what is stored. */
export async function connectionOf(chosen: Chosen, env: Record<string, string | undefined>): Promise<Connection> {
  const profile = chosen.profile || env.BATON_PROFILE || "default";
  const stored = await readProfile(env, profile);
  const [given, urlFrom] = firstOf(
    [chosen.url, "option"],
    [env.BATON_URL, "environment"],
    [stored?.url, "profile"],
    [defaultUrl, "default"],
  ) ?? [defaultUrl, "default"];
  const url = addressOf(given ?? defaultUrl);
  // A stored key belongs to the address that it was stored with, and is shown to no other.
  const own = stored && addressOf(stored.url) === url ? stored.key : undefined;
  const found = firstOf([chosen.key, "option"], [env.BATON_API_KEY, "environment"], [own, "profile"]);
  return { url, urlFrom, key: found?.[0], keyFrom: found?.[1], profile, stored };
}
