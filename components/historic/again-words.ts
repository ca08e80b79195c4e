import { writesTables } from "@/lib/destinations/outlines";
import type { Export } from "@/lib/schemas/export";

/** What happens to a window that was exported before, in a sentence. */
export const againWords = ({ destination }: Pick<Export, "destination">): string =>
  writesTables(destination) && destination.commitMode === "append"
    ? "This export appends: the rows of a window that was exported before are added once more."
    : "A window that was exported before is replaced.";
