const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const exact = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});

/** Dollars in cents: 2.1 becomes $2.10. */
export const formatPrice = (dollars: number): string => cents.format(dollars);

/** Dollars with up to six decimals, as costs need: 0.0028 becomes $0.0028. */
export const formatCost = (dollars: number): string => exact.format(dollars);

/** 50 becomes 50.0 %, which no line break parts. */
export const formatPercent = (percent: number, decimals = 1): string => `${percent.toFixed(decimals)}\u00a0%`;

/** With its sign, as a change is written. */
export const formatChange = (percent: number): string =>
  percent === 0 ? "unchanged" : `${percent > 0 ? "+" : "−"}${Math.abs(percent).toFixed(1)}\u00a0%`;

/** A markup such as 4.5 as × 4.5. */
export const formatMarkup = (factor: number): string => `× ${Number(factor.toFixed(4))}`;
