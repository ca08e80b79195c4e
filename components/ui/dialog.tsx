"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/client/cn";
import { Button } from "./button";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** A centered dialog, or a sheet at the right edge (full screen on phones). */
  kind?: "dialog" | "sheet";
  className?: string;
}

const backdrop =
  "fixed inset-0 z-50 bg-[oklch(0.15_0.03_220/0.45)] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0";
const shapes = {
  dialog:
    "popup-motion top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 rounded-2xl border border-border",
  sheet:
    "inset-y-0 right-0 w-full max-w-3xl border-border border-l transition-transform duration-200 ease-out data-ending-style:translate-x-full data-starting-style:translate-x-full",
};

/** A modal window: traps the focus, closes on Escape, and restores the focus. */
export function Dialog({ open, onOpenChange, title, description, children, kind = "dialog", className }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          className={cn("fixed z-50 flex flex-col bg-surface shadow-float outline-none", shapes[kind], className)}
        >
          <header className="flex items-start justify-between gap-4 border-border border-b py-3 pr-3 pl-5">
            <div className="min-w-0 py-2.5 sm:py-1">
              <Base.Title className="font-semibold text-base leading-6">{title}</Base.Title>
              {description && <Base.Description className="mt-0.5 text-muted">{description}</Base.Description>}
            </div>
            <Base.Close render={<Button variant="ghost" size="icon" aria-label="Close" />}>
              <X aria-hidden />
            </Base.Close>
          </header>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export function DialogBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn("min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-5", className)}>{children}</div>;
}

/** The button row at a dialog's bottom. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap justify-end gap-2 rounded-b-2xl border-border border-t bg-background px-5 py-3">
      {children}
    </footer>
  );
}
