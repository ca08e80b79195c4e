"use client";

import { Menu } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Link } from "@/components/ui/link";
import { Logo } from "./logo";

const NavSheet = dynamic(() => import("./nav-sheet").then((it) => it.NavSheet), { ssr: false });

/** The top bar on phones; the side navigation slides in from it. */
export function MobileNav() {
  const [open, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  if (open && !wasOpened) setOpened(true);
  return (
    <header className="sticky top-0 z-40 flex h-14 items-center gap-1 bg-nav pr-4 pl-1.5 text-on-nav md:hidden print:hidden">
      <button
        type="button"
        aria-label="Open navigation"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        className="flex size-11 items-center justify-center rounded-lg"
      >
        <Menu className="size-5" aria-hidden />
      </button>
      {wasOpened && <NavSheet open={open} onOpenChange={setOpen} />}
      <Link href="/exports" className="flex items-center gap-2 font-semibold">
        <Logo className="size-6" /> Penstock
      </Link>
    </header>
  );
}
