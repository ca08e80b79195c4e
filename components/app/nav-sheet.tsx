"use client";

import { Dialog } from "@base-ui/react/dialog";
import { SideNav } from "./side-nav";

interface NavSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The navigation of phones, over the page. Loaded when it is first opened. */
export function NavSheet({ open, onOpenChange }: NavSheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-black/50 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Navigation"
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] outline-none transition-transform duration-200 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          <SideNav onNavigate={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
