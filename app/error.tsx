"use client";

import { ErrorState } from "@/components/ui/states";

/** Shown when a page itself breaks. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center p-4">
      <ErrorState title="Something went wrong" error={error} onRetry={reset} />
    </main>
  );
}
