import { Button as BaseButton } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { Link } from "#components/ui/link";
import { cn } from "./cn";

export const buttonVariants = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium",
    "transition-colors data-disabled:cursor-not-allowed data-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "bg-primary text-primary-foreground hover:bg-primary-hover",
        secondary: "border border-input/50 bg-card text-foreground hover:border-input hover:bg-muted",
        ghost: "text-foreground hover:bg-muted data-popup-open:bg-muted",
        danger: "bg-destructive-solid text-white hover:brightness-110",
        link: "text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary",
      },
      size: {
        sm: "h-7 px-2.5 text-xs pointer-coarse:h-9",
        md: "h-8.5 px-3 text-sm pointer-coarse:h-10",
        lg: "h-10 px-4 text-sm",
        icon: "size-8.5 pointer-coarse:size-10",
        iconSmall: "size-7 pointer-coarse:size-9",
        inline: "h-auto p-0",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type Look = VariantProps<typeof buttonVariants>;

type ButtonProps = Omit<ComponentProps<typeof BaseButton>, "className"> &
  Look & {
    className?: string;
    /** The action runs: a spinner shows, and the button keeps its focus but refuses presses. */
    pending?: boolean;
  };

/** A button that does something here. Use `ButtonLink` for one that goes somewhere. */
export function Button({ variant, size, className, pending = false, disabled, children, ...props }: ButtonProps) {
  return (
    <BaseButton
      type="button"
      aria-busy={pending || undefined}
      {...props}
      disabled={disabled || pending}
      focusableWhenDisabled={pending}
      className={cn(buttonVariants({ variant, size }), className)}
    >
      {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {children}
    </BaseButton>
  );
}

type ButtonLinkProps = Omit<ComponentProps<typeof Link>, "className"> & Look & { className?: string };

/** A link that looks like a button. */
export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <Link {...props} className={cn(buttonVariants({ variant, size }), className)} />;
}
