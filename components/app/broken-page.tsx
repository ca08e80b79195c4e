"use client";

import { ErrorState } from "@/components/ui/states";

export interface BrokenPageProps {
  /** Its message is for developers. The digest finds it in the server's log. */
  error: Error & { digest?: string };
  reset: () => void;
}

/** Replaces a page that failed while it was drawn. */
export function BrokenPage({ error: { digest }, reset }: BrokenPageProps) {
  const where = digest ? ` The server’s log has the details under ${digest}.` : "";
  const error = new Error(`This page couldn’t be shown. Try again, or reload it.${where}`);
  return <ErrorState page title="Something went wrong" error={error} onRetry={reset} />;
}
