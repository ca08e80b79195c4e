"use client";

import { PageError } from "@/components/ui/page-error";

/** Shown when a page itself breaks. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center p-4">
      <PageError error={error} reset={reset} />
    </main>
  );
}
