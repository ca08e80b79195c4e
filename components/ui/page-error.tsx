"use client";

import { ErrorState } from "./states";

const PART_MISSING = new Error("Couldn’t load part of this page. Check your connection and try again.");

/** Shown in place of a page that broke. A part that wasn't loaded is asked for again only by a reload. */
export function PageError({ error, reset }: { error: Error; reset: () => void }) {
  const isPartMissing = error.name === "ChunkLoadError";
  return (
    <ErrorState
      title="Something went wrong"
      error={isPartMissing ? PART_MISSING : error}
      onRetry={isPartMissing ? () => window.location.reload() : reset}
    />
  );
}
