import { cn } from "#components/ui/cn";
import { formatCompact, formatNumber } from "#components/ui/format";
import { depthOf, type Point, type Scale, scaleOf, spread } from "./scale";

const column = 10;

/** All bars as one path: a bar per value, from zero to it, at least visible. */
function barsOf(points: readonly Point[], scale: Scale): string {
  const share = points.length <= 7 ? 0.4 : points.length <= 31 ? 0.64 : 0.76;
  const width = column * share;
  const zero = depthOf(0, scale);
  return points
    .map(({ value }, index) => {
      if (value === 0) return "";
      const height = depthOf(value, scale) - zero;
      const seen = Math.sign(height) * Math.max(Math.abs(height), 1.5);
      return `M${index * column + (column - width) / 2} ${zero}v${seen.toFixed(2)}h${width}V${zero}z`;
    })
    .join("");
}

/** A line in steps through what the columns were before, as far as that is known. */
function stepsOf(points: readonly Point[], scale: Scale): string {
  return points
    .flatMap(({ before }, index) => {
      if (before === undefined) return [];
      const y = depthOf(before, scale).toFixed(2);
      return `${index === 0 ? "M" : "L"}${index * column} ${y}H${(index + 1) * column}`;
    })
    .join("");
}

/** What is said of one column. */
function tipOf({ label, value, before }: Point): string {
  return `${label}: ${formatNumber(value)}${before === undefined ? "" : ` (before: ${formatNumber(before)})`}`;
}

type BarChartProps = {
  title: string;
  /** The words for one column, such as "day". */
  per: string;
  points: readonly Point[];
  /** What it comes to, in a few words beside the title; also read out with the picture. */
  summary: string;
  tone: "first" | "second";
};

/**
 * Columns over time, drawn by the server, with a dashed line for the time before. The picture says its outline in words;
 * whoever shows it puts a table with every figure beside it.
 */
export function BarChart({ title, per, points, summary, tone }: BarChartProps) {
  const scale = scaleOf(points.flatMap(({ value, before }) => [value, before ?? 0]));
  const most = points.reduce<Point>((best, point) => (point.value > best.value ? point : best), {
    label: "",
    value: 0,
  });
  const outline = most.value > 0 ? ` Most: ${most.label}, ${formatNumber(most.value)}.` : "";

  return (
    <figure className="grid min-w-0 gap-3 p-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="flex items-baseline gap-2">
          <span className="font-medium">{title}</span>
          <span className="text-muted-foreground text-xs">per {per}</span>
        </span>
        <span className="text-muted-foreground text-xs tabular-nums">{summary}</span>
      </figcaption>
      <div
        role="img"
        aria-label={`${title} per ${per}: ${summary}.${outline}`}
        className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-2 gap-y-1.5 text-[0.6875rem] text-muted-foreground tabular-nums"
      >
        <div className="relative h-36">
          {scale.ticks.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 -translate-y-1/2 leading-none"
              style={{ top: `${depthOf(tick, scale)}%` }}
            >
              {formatCompact(tick)}
            </span>
          ))}
        </div>
        <div className="relative h-36">
          <svg
            aria-hidden
            viewBox={`0 0 ${points.length * column} 100`}
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            {scale.ticks.map((tick) => (
              <path
                key={tick}
                d={`M0 ${depthOf(tick, scale)}H${points.length * column}`}
                vectorEffect="non-scaling-stroke"
                className={tick === 0 ? "stroke-input" : "stroke-border"}
              />
            ))}
            <path d={barsOf(points, scale)} className={tone === "first" ? "fill-primary" : "fill-chart-second"} />
            <path
              d={stepsOf(points, scale)}
              fill="none"
              strokeDasharray="3 3"
              strokeWidth="1.25"
              vectorEffect="non-scaling-stroke"
              className="stroke-muted-foreground"
            />
          </svg>
          <div aria-hidden className="chart-hits absolute inset-0 flex">
            {points.map((point) => (
              <i key={point.label} data-tip={tipOf(point)} />
            ))}
          </div>
        </div>
        <Dates labels={points.map(({ label }) => label)} />
      </div>
    </figure>
  );
}

function Dates({ labels }: { labels: string[] }) {
  const wide = spread(labels.length, 7);
  const narrow = new Set(spread(labels.length, 3));
  return (
    <div className="relative col-start-2 h-4">
      {wide.map((index) => (
        <span
          key={index}
          className={cn(
            "absolute whitespace-nowrap leading-4",
            index === 0 ? "" : index === labels.length - 1 ? "-translate-x-full" : "-translate-x-1/2",
            narrow.has(index) ? "" : "max-sm:hidden",
          )}
          style={{
            left: `${index === 0 ? 0 : index === labels.length - 1 ? 100 : ((index + 0.5) / labels.length) * 100}%`,
          }}
        >
          {labels[index]?.split(" – ")[0]}
        </span>
      ))}
    </div>
  );
}
