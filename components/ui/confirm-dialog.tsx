"use client";

import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef } from "react";
import { Button } from "./button";

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  onConfirm: () => void;
  pending?: boolean;
  disabled?: boolean;
  /** For reversible actions: no red, and the confirm button has the focus. */
  harmless?: boolean;
  cancelLabel?: string;
  /** Why the last attempt failed. */
  error?: string | undefined;
}

/** Confirms an irreversible action; a click outside doesn't close it. */
export function ConfirmDialog(props: ConfirmProps) {
  const confirm = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        {/* Also above another dialog. */}
        <Base.Backdrop
          forceRender
          className="fixed inset-0 z-50 bg-[oklch(0.15_0.03_220/0.45)] transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <Base.Popup
          initialFocus={props.harmless ? confirm : undefined}
          className="popup-motion fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 rounded-2xl border border-border bg-surface p-5 shadow-float outline-none"
        >
          <Base.Title className="font-semibold text-base">{props.title}</Base.Title>
          <Base.Description render={<div />} className="mt-2 flex flex-col gap-3 text-muted">
            {props.children}
          </Base.Description>
          <p role="alert" className="mt-3 text-bad empty:hidden">
            {props.error}
          </p>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Base.Close render={<Button />}>{props.cancelLabel ?? "Keep it"}</Base.Close>
            <Button
              ref={confirm}
              variant={props.harmless ? "primary" : "danger"}
              onClick={props.onConfirm}
              pending={props.pending}
              disabled={props.disabled}
            >
              {props.confirmLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
