import type { ReactNode } from "react";
import { Logo } from "@/components/app/logo";

/** The frame of all pages before sign-in. */
export function AuthFrame({ title, note, children }: { title: ReactNode; note: ReactNode; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh items-center justify-center bg-nav p-4">
      <div className="w-full max-w-sm rounded-2xl border border-border bg-surface p-6 shadow-float sm:p-8">
        <div className="mb-6 flex items-center gap-3">
          <Logo className="size-10 shrink-0" />
          <div className="min-w-0">
            <h1 className="break-words font-semibold text-lg leading-tight tracking-tight">{title}</h1>
            <p className="break-words text-muted">{note}</p>
          </div>
        </div>
        {children}
      </div>
    </main>
  );
}
