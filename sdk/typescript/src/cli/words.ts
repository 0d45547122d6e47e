/** A time as people read it, in their own zone; shorter for today. */
export function when(time: string | null | undefined): string {
  if (!time) return "–";
  // The orchestration API gives times without a zone; they are UTC.
  const date = new Date(/Z$|[+-]\d\d:\d\d$/.test(time) ? time : `${time}Z`);
  if (Number.isNaN(date.getTime())) return time;
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const hour = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return new Date().toDateString() === date.toDateString() ? hour : `${day} ${hour}`;
}

/** US dollars; small sums keep the digits that matter. */
export function dollars(sum: number | null | undefined): string {
  if (sum === null || sum === undefined) return "–";
  const digits = sum !== 0 && Math.abs(sum) < 0.01 ? 6 : Math.abs(sum) < 1 ? 4 : 2;
  return `$${sum.toFixed(digits)}`;
}

/** Bytes as people read them. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} bytes`;
  const units = ["KB", "MB", "GB"];
  let [size, at] = [count / 1024, 0];
  for (; size >= 1024 && at < units.length - 1; at++) size /= 1024;
  return `${size.toFixed(size < 10 ? 1 : 0)} ${units[at]}`;
}

/** The beginning of a longer text, in one line. */
export function shortened(text: string | null | undefined, charactersMax = 60): string {
  const line = (text ?? "").replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length > charactersMax ? `${characters.slice(0, charactersMax - 1).join("")}…` : line;
}
