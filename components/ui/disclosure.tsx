"use client";

import { Collapsible } from "@base-ui/react/collapsible";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";

interface DisclosureProps {
  title: string;
  /** The current settings, readable while it is closed. */
  summary: string;
  initiallyOpen?: boolean;
  /** Keeps it open, so that the error is seen. */
  hasError?: boolean;
  children: ReactNode;
}

/** Form fields that most users leave unchanged: closed until opened. */
export function Disclosure({ title, summary, initiallyOpen = false, hasError = false, children }: DisclosureProps) {
  const [open, setOpen] = useState(initiallyOpen);
  return (
    <Collapsible.Root open={open || hasError} onOpenChange={setOpen} className="rounded-xl border border-border">
      <Collapsible.Trigger className="group flex min-h-11 w-full items-center gap-2.5 rounded-xl px-3 py-2 text-left transition-colors hover:bg-sunken">
        <ChevronRight
          className="size-4 shrink-0 text-muted transition-transform group-data-panel-open:rotate-90"
          aria-hidden
        />
        <span className="font-medium text-[0.8125rem]">{title}</span>
        <span className="ml-auto min-w-0 truncate text-[0.8125rem] text-muted">{summary}</span>
      </Collapsible.Trigger>
      <Collapsible.Panel className="border-border border-t p-3 sm:p-4">{children}</Collapsible.Panel>
    </Collapsible.Root>
  );
}
