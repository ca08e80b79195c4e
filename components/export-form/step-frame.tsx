"use client";

import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";

interface StepFrameProps {
  title: string;
  description: string;
  children: ReactNode;
  onBack?: (() => void) | undefined;
  /** May take a while: until then, another submit does nothing. */
  onNext: () => unknown;
  nextLabel?: string;
  pending?: boolean;
  /** Another button next to "Next". */
  extra?: ReactNode;
}

/** One step of the wizard with its navigation; its heading takes the focus for screen readers. */
export function StepFrame({ title, description, children, onBack, onNext, nextLabel, pending, extra }: StepFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Form onSubmit={() => onNext()} className="rounded-xl border border-border bg-surface shadow-raised">
      <div className="p-4 sm:p-6">
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-base outline-none">
          {title}
        </h2>
        <p className="mt-0.5 mb-5 text-muted">{description}</p>
        {children}
      </div>
      <footer className="flex flex-wrap items-center gap-2 rounded-b-xl border-border border-t bg-background px-4 py-3 sm:px-6">
        {onBack && (
          <Button variant="ghost" onClick={onBack}>
            <ArrowLeft aria-hidden /> Back
          </Button>
        )}
        <div className="ml-auto flex flex-wrap gap-2">
          {extra}
          <Button type="submit" variant="primary" pending={pending}>
            {nextLabel ?? "Next"}
          </Button>
        </div>
      </footer>
    </Form>
  );
}
