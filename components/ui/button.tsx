"use client";

import { Button as BaseButton } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/lib/client/cn";
import { Link } from "./link";

/** Button style for non-buttons, such as a link to a file. */
export const buttonStyle = cva(
  "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-lg font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-on-primary shadow-raised hover:bg-primary-hover",
        secondary: "border border-border-strong bg-surface text-foreground shadow-raised hover:bg-sunken",
        ghost: "text-foreground hover:bg-sunken",
        danger: "bg-bad-solid text-white shadow-raised hover:brightness-95 dark:text-background",
      },
      size: {
        md: "h-11 px-4 text-sm sm:h-9 sm:px-3.5",
        sm: "h-11 px-3 text-[0.8125rem] sm:h-8 sm:px-2.5",
        icon: "size-11 sm:size-8",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonStyle = VariantProps<typeof buttonStyle>;
interface Presses {
  pending?: boolean | undefined;
  /** Whether it goes a step further with every press. */
  steps?: boolean;
}

type ButtonProps = ComponentProps<typeof BaseButton> & ButtonStyle & Presses;

/** A button, which a double-click presses once, unless it `steps`; `pending` shows a spinner and disables it. */
export function Button({ className, variant, size, pending = false, disabled, onClick, steps, ...props }: ButtonProps) {
  const { children, ...rest } = props;
  return (
    <BaseButton
      type="button"
      className={cn(buttonStyle({ variant, size }), className as string)}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      onClick={(event) => {
        // The answer to the first click may already be there.
        if (event.detail > 1 && !steps) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    >
      {pending && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </BaseButton>
  );
}

/** A link styled as a button. */
export function ButtonLink({ className, variant, size, ...props }: ComponentProps<typeof Link> & ButtonStyle) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...props} />;
}
