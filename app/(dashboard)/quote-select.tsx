import { Select } from "#components/ui/select";
import type { QuoteChoice } from "./quote-choices";

type QuoteSelectProps = {
  quotes: readonly QuoteChoice[];
  /** Empty: none. */
  value: string;
  onChange: (id: string) => void;
  id?: string;
  disabled?: boolean;
};

/** The quote that work is sold under. Its label comes from the `Field` or the `Label` around it. */
export function QuoteSelect({ quotes, value, onChange, ...props }: QuoteSelectProps) {
  return (
    <Select
      {...props}
      value={value}
      onValueChange={onChange}
      options={[{ value: "", label: "None" }, ...quotes.map(({ id, label }) => ({ value: id, label, detail: id }))]}
    />
  );
}
