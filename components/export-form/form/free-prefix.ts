import { writesFiles } from "@/lib/destinations/outlines";
import { writingOf } from "@/lib/destinations/writing";
import { meetingKey } from "@/lib/rows/layouts/meeting";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { withFiles } from "../files/files-export";

/** How many names to try before the prefix stays as it is. */
const TRIES = 50;

/** A prefix with a name of its own: on its last constant folder or, where only the connection's folder is constant, below. */
export function renamedPrefix(prefix: string, folder: string, name: string): string {
  const head = prefix.slice(0, prefix.search(/[^/]*(\{|$)/));
  const rest = prefix.slice(head.length);
  return head.length > folder.length ? `${head.slice(0, -1)}-${name}/${rest}` : `${head}${name}/${rest}`;
}

export interface Neighbors {
  /** Exports that write into the same bucket, the original among them. */
  exports: readonly Pick<Export, "model" | "destination">[];
  /** The folder of the connection. */
  folder: string;
  sourceProjectId: number;
}

/** The copy of an export with a prefix under which no other writes the same keys, as far as is known here. */
export function withFreePrefix(copy: CreateExport, { exports, folder, sourceProjectId }: Neighbors): CreateExport {
  const { destination } = copy;
  if (!writesFiles(destination)) return copy;
  const keysOf = (of: Pick<Export, "model" | "destination">) =>
    writingOf(of.destination).keys({ model: of.model, destination: of.destination, sourceProjectId });
  const taken = exports.flatMap((other) => keysOf(other) ?? []);
  const isFree = (candidate: CreateExport) => {
    const keys = keysOf(candidate);
    return keys === null || taken.every((others) => meetingKey(keys, others) === null);
  };
  for (let number = 1; number <= TRIES; number += 1) {
    const name = number === 1 ? "copy" : `copy-${number}`;
    const candidate = withFiles(copy, { prefix: renamedPrefix(destination.prefix, folder, name) });
    if (isFree(candidate)) return candidate;
  }
  return copy;
}
