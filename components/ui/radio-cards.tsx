"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import type { ReactNode } from "react";
import { cn } from "@/lib/client/cn";

interface Choice<T extends string> {
  value: T;
  label: string;
  note?: ReactNode;
  /** Why the option is disabled. */
  reason?: string | null;
}

interface RadioCardsProps<T extends string> {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
}

/** One choice of a few, each a card with an explanation. */
export function RadioCards<T extends string>({ label, choices, value, onChange, className }: RadioCardsProps<T>) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium text-[0.8125rem]">{label}</legend>
      <RadioGroup
        aria-label={label}
        value={value}
        onValueChange={(next) => onChange(next as T)}
        className={cn("grid gap-2 sm:grid-cols-2", className)}
      >
        {choices.map((choice) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is the control
          <label
            key={choice.value}
            className="flex min-h-11 cursor-pointer items-start gap-2.5 rounded-xl border border-border-strong bg-surface p-3 shadow-raised transition-colors hover:bg-sunken has-data-checked:border-primary has-data-disabled:cursor-not-allowed has-data-disabled:bg-sunken has-data-disabled:shadow-none has-data-checked:bg-primary-soft"
          >
            <Radio.Root
              value={choice.value}
              disabled={Boolean(choice.reason)}
              className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-border-strong bg-surface data-checked:border-primary data-checked:bg-primary"
            >
              <Radio.Indicator className="size-1.5 rounded-full bg-on-primary" />
            </Radio.Root>
            <span className="min-w-0">
              <span className={cn("block font-medium", choice.reason && "text-muted")}>{choice.label}</span>
              {choice.note && <span className="block text-[0.8125rem] text-muted">{choice.note}</span>}
              {choice.reason && <span className="block text-[0.8125rem] text-foreground">{choice.reason}</span>}
            </span>
          </label>
        ))}
      </RadioGroup>
    </fieldset>
  );
}
