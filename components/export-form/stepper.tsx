"use client";

import { Check } from "lucide-react";
import { cn } from "@/lib/client/cn";
import { STEPS } from "./steps";

/** Where one is in the wizard; steps already done are ways back. */
export function Stepper({ current, onGo }: { current: number; onGo: (step: number) => void }) {
  return (
    <nav aria-label="Steps">
      <ol className="flex gap-1.5 sm:gap-2">
        {STEPS.map((step, index) => {
          const done = index < current;
          const here = index === current;
          return (
            <li key={step.id} className="min-w-0 flex-1">
              <button
                type="button"
                disabled={!done}
                onClick={() => onGo(index)}
                aria-current={here ? "step" : undefined}
                aria-label={`Step ${index + 1} of ${STEPS.length}: ${step.label}${done ? ", done" : ""}`}
                className={cn(
                  "flex min-h-11 w-full flex-col items-start gap-1.5 border-t-[3px] pt-2 text-left text-muted",
                  here || done ? "border-primary" : "border-border",
                  here && "font-semibold text-foreground",
                )}
              >
                <span className="flex max-w-full items-center gap-1.5">
                  <span
                    className={cn(
                      "flex size-5 shrink-0 items-center justify-center rounded-full bg-border text-xs",
                      (here || done) && "bg-primary text-on-primary",
                    )}
                  >
                    {done ? <Check className="size-3" aria-hidden /> : index + 1}
                  </span>
                  <span className="truncate max-sm:sr-only">{step.label}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
