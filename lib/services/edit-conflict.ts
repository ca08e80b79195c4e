import { isDeepStrictEqual } from "node:util";
import { conflict } from "@/lib/errors";
import { utc } from "@/lib/utc";

interface Edited {
  /** What is edited, as in `This export`. */
  what: "export" | "connection";
  updatedAt: Date;
  /** The given fields, by path, and what is stored in them. */
  given: Readonly<Record<string, unknown>>;
  stored: object;
}

/**
 * Throws a 409 if something was changed after the version that an edit is based on, which otherwise would undo that
 * change. Its details name the given fields that differ from the stored ones. Call it with the row locked.
 */
export function requireVersion(ifUpdatedAt: string | undefined, { what, updatedAt, given, ...edited }: Edited): void {
  if (ifUpdatedAt === undefined || Date.parse(ifUpdatedAt) === updatedAt.getTime()) return;
  const stored = edited.stored as Record<string, unknown>;
  const differing = Object.keys(given).filter((path) => !isDeepStrictEqual(plain(given[path]), plain(stored[path])));
  const message = `This ${what} was changed at ${utc(updatedAt)}, after the version that you edited. Load it again, then apply your change.`;
  const details = differing.map((path) => ({ path, message: "Differs from the stored value." }));
  throw conflict("edit_conflict", message, details.length > 0 ? details : undefined);
}

/** As on the wire, where a time is a text. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));
