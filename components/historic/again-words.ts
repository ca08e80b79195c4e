import { writesTables } from "@/lib/destinations/outlines";
import type { Export } from "@/lib/schemas/export";

/** What happens to a window that was exported before, in a sentence. */
export const againWords = ({ destination }: Pick<Export, "destination">): string =>
  writesTables(destination) && destination.commitMode === "append"
    ? "This export appends: the rows of a window that was already exported are added again."
    : "A window that was already exported is replaced.";
