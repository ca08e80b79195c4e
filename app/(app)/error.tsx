"use client";

import { ErrorState } from "@/components/ui/states";

/** What shows inside the frame when the page in it breaks. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorState title="This page broke" error={error} onRetry={reset} />;
}
