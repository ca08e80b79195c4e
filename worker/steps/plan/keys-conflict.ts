import { ExportError } from "@/lib/errors";
import type { Window } from "@/lib/windows";

interface Conflict {
  key: string;
  /** Who holds the key, phrased for mid-sentence. */
  holder: string;
  window: Window;
  /** Whether it is the same export, for another window. */
  isOwn: boolean;
  /** The younger of the two exports, which has to stop. */
  younger: string;
}

/** The error of a run that would write a key belonging to another window's files. */
export class KeysConflict extends ExportError {
  readonly younger: string | null;

  constructor({ key, holder, window, isOwn, younger }: Conflict) {
    const range = `${window.start.toISOString()} to ${window.end.toISOString()}`;
    super({
      code: "keys_conflict",
      message: `The key ${key} belongs to ${isOwn ? "this export's" : `${holder}'s`} files of ${range}.`,
      fix: isOwn
        ? "Give the export a prefix that differs for each window; then retry the run."
        : "Give one of the two exports another prefix; then retry the run.",
      retryable: false,
    });
    this.younger = isOwn ? null : younger;
  }
}
