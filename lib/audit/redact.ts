const charactersMax = 4_096;
const depthMax = 20;
const secretName = /secret|passw|token|authorization|credential|signature|cookie|^(api[_-]?)?keys?$|[_-]key$|^apikey$/i;
const secretText = /\b(sk_live_|staging_sk_|dev_sk_|sig_|whsec_|sk-)[A-Za-z0-9_-]{8,}/g;

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.replace(secretText, "$1***");
  if (typeof value !== "object" || value === null) return value;
  if (depth > depthMax) return "[too deep]";
  if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      secretName.test(name) && one !== null ? "***" : clean(one, depth + 1),
    ]),
  );
}

/** A body as the audit log may keep it: without keys and secrets, at most 4096 characters; only JSON is kept at all. */
export function redactedBody(text: string): string {
  if (text === "") return "";
  if (text.length > 262_144) return `[${text.length} characters, left out]`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `[${text.length} characters that are no JSON, left out]`;
  }
  const kept = JSON.stringify(clean(value, 0));
  return kept.length <= charactersMax ? kept : `${kept.slice(0, charactersMax)}…`;
}
