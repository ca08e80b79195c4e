import { randomBytes } from "node:crypto";
import type { RunFileRow } from "@/lib/db/rows";
import type { Replaced } from "@/lib/db/schema/run-files";
import { pumpGroup } from "@/lib/pump/pump-group";
import { levelOf } from "@/lib/rows/formats/encoding";
import type { Dependencies } from "@/lib/services/dependencies";
import type { Source } from "@/lib/source/client";
import { hexText, type TableExtract } from "@/lib/source/encode";
import { dirtyPlaces, groupQuery } from "@/lib/source/group-query";
import { openEncoded } from "@/lib/source/open-encoded";
import { nothingReplaced } from "@/lib/source/replaced";
import type { Strictness } from "@/lib/source/strict";
import type { LoadedRun } from "../load";
import { mayBeStrictness, type Try, worthTrying } from "./send-file";
import type { PackedFile } from "./send-one";

export interface Sending {
  written: TableExtract;
  /** Sends one file to the destination. An error ends the group. */
  send(file: PackedFile): Promise<void>;
  current: Try;
}

/**
 * Sends a group's files by one query, as strict as a single file's. If it fails, asks the source which files have
 * values that don't arrive as they are, and returns those unsent, to be counted and sent alone. Throws an
 * `ExportError`.
 */
export async function sendGroup(
  deps: Dependencies,
  loaded: LoadedRun,
  files: readonly RunFileRow[],
  to: Sending,
): Promise<readonly RunFileRow[]> {
  let left = files;
  const send = async (file: PackedFile) => {
    await to.send(file);
    left = left.filter(({ index }) => index !== file.planned.index);
  };
  const ways = await worthTrying(deps.db, loaded, to.written, to.current.attempt);
  let failed: unknown;
  for (const strict of ways.length > 0 ? ways : (["exact"] as const)) {
    try {
      await pump(deps.source, left, strict, { ...to, send });
      return [];
    } catch (error) {
      if (to.current.signal.aborted || !mayBeStrictness(error)) throw error;
      failed = error;
    }
  }
  const bounds = left.map((file) => file.bounds);
  const places = await dirtyPlaces(deps.source, to.written, bounds, to.current.signal);
  // The cause was not a value.
  if (places.size === 0) throw failed;
  const dirty = left.filter((_, place) => places.has(place));
  const clean = left.filter((_, place) => !places.has(place));
  if (clean.length > 0) await pump(deps.source, clean, "exact", to);
  return dirty;
}

async function pump(
  source: Source,
  files: readonly RunFileRow[],
  strict: Strictness,
  { written, send, current }: Sending,
): Promise<void> {
  const { encoding } = written;
  const nothing = nothingReplaced(encoding);
  const replaced: Replaced = strict === "exact" ? { ...nothing, exact: true } : nothing;
  // Random, so no value can contain it.
  const token = randomBytes(12).toString("base64url");
  const bounds = files.map((file) => file.bounds);
  await pumpGroup({
    open: (until) => openEncoded(source, groupQuery(written, bounds, { token, strict }), until),
    token,
    encoding,
    level: levelOf(encoding),
    files: files.map((planned) => ({
      planned,
      index: planned.index,
      frame: encoding.frame(planned.bounds.event === undefined ? null : hexText(planned.bounds.event)),
      expectedRows: planned.expectedRows,
      expectedFingerprint: BigInt(planned.expectedFingerprint),
    })),
    send: ({ planned }, bytes, measured) => send({ planned, bytes, measured, replaced }),
    signal: current.signal,
  });
}
