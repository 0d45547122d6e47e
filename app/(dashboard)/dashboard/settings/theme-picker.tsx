"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { themeOptions } from "#components/theme/theme-options";
import { type Theme, useTheme } from "#components/theme/use-theme";

/** Light, dark, or what the system says. */
export function ThemePicker() {
  const [theme, setTheme] = useTheme();
  return (
    <RadioGroup<Theme> value={theme} onValueChange={setTheme} aria-label="Theme" className="grid gap-2 sm:grid-cols-3">
      {themeOptions.map(({ value, label, icon }) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's, which renders its own input.
        <label
          key={value}
          className="flex cursor-pointer items-center gap-2.5 rounded-lg border bg-card px-3 py-2.5 hover:border-input has-data-checked:border-primary has-data-checked:bg-accent has-data-checked:text-accent-foreground [&_svg]:size-4"
        >
          <Radio.Root
            value={value}
            className="flex size-4 items-center justify-center rounded-full border border-input data-checked:border-primary"
          >
            <Radio.Indicator className="size-2 rounded-full bg-primary" />
          </Radio.Root>
          {icon}
          {label}
        </label>
      ))}
    </RadioGroup>
  );
}
