import { isIP } from "node:net";

export const piiKinds = ["email", "phone", "card", "ssn", "ip"] as const;
export type PiiKind = (typeof piiKinds)[number];

/** A place in a text, in UTF-16 units, `end` not included. */
export type Finding = { kind: PiiKind; start: number; end: number };

type Place = [start: number, end: number];

/** Only the beginning of longer texts is searched; `maskPii` gives out no more than that of them. */
const charactersMax = 262_144;

/** Whether digits pass the check of card numbers (ISO/IEC 7812-1, Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const digitsOf = (text: string) => text.replace(/\D/g, "");

const networks: readonly [start: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(5[1-5]|2[2-7])/, [16]],
  [/^3[47]/, [15]],
  [/^3[0689]/, [14]],
  [/^6/, [16, 17, 18, 19]],
];

/** As long as the numbers of the card network that its first digits name, with a right check digit. */
function isCard(digits: string): boolean {
  return (
    networks.some(([start, lengths]) => lengths.includes(digits.length) && start.test(digits)) && passesLuhn(digits)
  );
}

/** Card numbers in a run of digits: in one piece, or as cards print them, four digits first and one separator throughout. */
function cardsIn(run: string): Place[] {
  const groups = [...run.matchAll(/\d+/g)];
  const places: Place[] = [];
  for (let index = 0; index < groups.length; index++) {
    let digits = "";
    for (let last = index; last < groups.length && last < index + 5; last++) {
      const group = groups[last];
      const start = groups[index]?.index ?? 0;
      if (!group || (last > index && run[group.index - 1] !== run[(groups[index + 1]?.index ?? 1) - 1])) break;
      digits += group[0];
      if (digits.length > 19 || (last > index && groups[index]?.[0].length !== 4)) break;
      if (!isCard(digits)) continue;
      places.push([start, group.index + group[0].length]);
      index = last;
      break;
    }
  }
  return places;
}

/** A version 6 address. `a::b` is one too, but is more often something else. */
const isIpv6 = (text: string) => isIP(text) === 6 && /\d/.test(text);

/** US social security numbers that can have been given out. */
function isSsn(text: string): boolean {
  const [area = "", group = "", serial = ""] = text.split(/[- ]/);
  return area !== "000" && area !== "666" && !area.startsWith("9") && group !== "00" && serial !== "0000";
}

/** 8 to 15 digits (E.164), written as people write telephone numbers: a plus sign, brackets, or groups. */
function isPhone(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length < 8 || digits.length > 15) return false;
  const hasPlus = text.startsWith("+");
  const groups = text.split(/[ ().-]+/).filter(Boolean);
  // Dates, versions and plain numbers are no telephone numbers.
  if (/^\d{4}-\d\d-\d\d/.test(text) || /^\d\d?[.-]\d\d?[.-]\d{4}$/.test(text)) return false;
  return hasPlus || (digits.length >= 10 && groups.length >= 3 && groups.every((group) => group.length <= 5));
}

type Rule = {
  kind: PiiKind;
  pattern: RegExp;
  isOne?: (text: string) => boolean;
  /** Instead: where in the match they are. */
  find?: (text: string) => Place[];
};

// No pattern repeats a group within a group or looks again at what it passed, so that no text makes it slow. Earlier rules win.
const rules: readonly Rule[] = [
  {
    kind: "email",
    pattern: /(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/gi,
  },
  { kind: "card", pattern: /(?<![\w.-])\d(?:[ -]?\d){12,}/g, find: cardsIn },
  { kind: "ssn", pattern: /(?<![\d-])\d{3}([- ])\d{2}\1\d{4}(?![\d-])/g, isOne: isSsn },
  {
    kind: "ip",
    pattern: /(?<![\w:.])[0-9a-f:]{2,39}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?![\w:]|\.\d)/gi,
    isOne: isIpv6,
  },
  { kind: "ip", pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g, isOne: (text) => isIP(text) === 4 },
  { kind: "phone", pattern: /(?<![\w.+-])\+?\(?\d[\d ().-]{6,22}\d(?![\w-]|\.\d)/g, isOne: isPhone },
];

/** What in a text looks like personal data, in order and without overlaps. Linear in the length of the text. */
export function findPii(text: string): Finding[] {
  const searched = text.length > charactersMax ? text.slice(0, charactersMax) : text;
  const found: Finding[] = [];
  const taken: Finding[] = [];
  for (const { kind, pattern, isOne, find } of rules) {
    let next = 0;
    for (const match of searched.matchAll(pattern)) {
      if (isOne && !isOne(match[0])) continue;
      const places: Place[] = find ? find(match[0]) : [[0, match[0].length]];
      for (const place of places) {
        const start = match.index + place[0];
        const end = match.index + place[1];
        while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
        const isTaken = (taken[next]?.start ?? Number.POSITIVE_INFINITY) < end;
        if (!isTaken) found.push({ kind, start, end });
      }
    }
    found.sort((one, other) => one.start - other.start);
    taken.splice(0, taken.length, ...found);
  }
  return found;
}

/** Which kinds of personal data a text seems to hold, each once, in the order of `piiKinds`. */
export function detectPii(text: string): PiiKind[] {
  const kinds = new Set(findPii(text).map(({ kind }) => kind));
  return piiKinds.filter((kind) => kinds.has(kind));
}

/** The text with what looks like personal data replaced by its kind, such as `[email]`. */
export function maskPii(text: string): string {
  let masked = "";
  let at = 0;
  for (const { kind, start, end } of findPii(text)) {
    masked += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  // A text beyond what is searched is not given out unmasked.
  return text.length > charactersMax ? `${masked}${text.slice(at, charactersMax)}…` : masked + text.slice(at);
}

/** The same for every text in a value of JSON; names of fields stay. */
export function maskPiiIn<T>(value: T): T {
  const mask = (one: unknown): unknown => {
    if (typeof one === "string") return maskPii(one);
    if (Array.isArray(one)) return one.map(mask);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, mask(inner)]));
  };
  // Texts become texts, so the shape is the same.
  return mask(value) as T;
}
