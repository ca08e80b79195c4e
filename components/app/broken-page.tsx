"use client";

import { ErrorState } from "@/components/ui/states";

export interface BrokenPageProps {
  /** Its message is for developers. The digest finds it in the server's log. */
  error: Error & { digest?: string };
  reset: () => void;
}

const PART_MISSING = new Error("Couldn’t load part of this page. Check your connection and try again.");

/** Replaces a page that failed while it was drawn. A part that wasn't loaded is asked for again only by a reload. */
export function BrokenPage({ error: { name, digest }, reset }: BrokenPageProps) {
  if (name === "ChunkLoadError")
    return (
      <ErrorState page title="Something went wrong" error={PART_MISSING} onRetry={() => window.location.reload()} />
    );
  const where = digest ? ` The server’s log has the details under ${digest}.` : "";
  const error = new Error(`This page couldn’t be shown. Try again, or reload it.${where}`);
  return <ErrorState page title="Something went wrong" error={error} onRetry={reset} />;
}
