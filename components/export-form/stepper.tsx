"use client";

import { Check } from "lucide-react";
import { useFormContext } from "react-hook-form";
import { cn } from "@/lib/client/cn";
import type { CreateExport } from "@/lib/schemas/export";
import { STEPS, stepLabel } from "./steps";

/** Progress through the wizard; completed steps link back. */
export function Stepper({ current, onGo }: { current: number; onGo: (step: number) => void }) {
  const type = useFormContext<CreateExport>().watch("destination.type");
  return (
    <nav aria-label="Steps">
      <ol className="flex gap-1.5 sm:gap-2">
        {STEPS.map((step, index) => {
          const done = index < current;
          const here = index === current;
          const label = stepLabel(step, type);
          return (
            <li key={step.id} className="min-w-0 flex-1">
              <button
                type="button"
                disabled={!done}
                onClick={() => onGo(index)}
                aria-current={here ? "step" : undefined}
                className={cn(
                  "flex min-h-11 w-full flex-col items-start gap-1.5 border-t-[3px] pt-2 text-left text-muted",
                  here || done ? "border-primary" : "border-border",
                  here && "font-semibold text-foreground",
                )}
              >
                <span className="flex max-w-full items-center gap-1.5">
                  <span className="sr-only">{`Step ${index + 1} of ${STEPS.length}: `}</span>
                  <span
                    aria-hidden
                    className={cn(
                      "flex size-5 shrink-0 items-center justify-center rounded-full bg-border text-xs",
                      (here || done) && "bg-primary text-on-primary",
                    )}
                  >
                    {done ? <Check className="size-3" /> : index + 1}
                  </span>
                  <span className="truncate max-sm:sr-only">{label}</span>
                  {done && <span className="sr-only">, done</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
