import { cn } from "#components/ui/cn";

const [width, height, edge] = [100, 32, 3];

type ScoreLineProps = {
  /** From 0 to 10, in order; null where nobody judged. */
  scores: readonly (number | null)[];
  /** The score that is good enough, as a dashed line. */
  threshold?: number;
  className?: string;
};

/** How scores moved from round to round. The same in words is its name. */
export function ScoreLine({ scores, threshold, className }: ScoreLineProps) {
  const known = scores.flatMap((score, index) => (score === null ? [] : [{ score, index }]));
  if (known.length === 0) return null;
  const xOf = (index: number) =>
    scores.length === 1 ? width / 2 : edge + (index / (scores.length - 1)) * (width - 2 * edge);
  const yOf = (score: number) => edge + (1 - score / 10) * (height - 2 * edge);
  const words = scores.map((score) => (score === null ? "not judged" : score.toFixed(1))).join(", ");
  const target = threshold === undefined ? "" : ` Good enough is ${threshold}.`;
  return (
    <svg
      role="img"
      aria-label={`Scores from 0 to 10: ${words}.${target}`}
      viewBox={`0 0 ${width} ${height}`}
      className={cn("h-8 w-25 shrink-0", className)}
    >
      {threshold === undefined ? null : (
        <path d={`M0 ${yOf(threshold)}H${width}`} strokeDasharray="3 3" className="stroke-muted-foreground" />
      )}
      <path
        d={known.map(({ score, index }, at) => `${at === 0 ? "M" : "L"}${xOf(index)} ${yOf(score)}`).join("")}
        fill="none"
        strokeWidth="1.5"
        className="stroke-primary"
      />
      {known.map(({ score, index }) => (
        <circle key={index} cx={xOf(index)} cy={yOf(score)} r="2.25" className="fill-primary" />
      ))}
    </svg>
  );
}
