"use client";

import { ErrorState } from "@/components/ui/states";

/** Shown inside the frame when its page breaks. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorState title="Something went wrong" error={error} onRetry={reset} />;
}
