import type { Tx } from "@/lib/db/client";
import { conflict } from "@/lib/errors";
import { meetingKey } from "@/lib/rows/layouts/meeting";
import type { Actor } from "@/lib/services/access";
import { type KeyPlace, placeIn } from "./key-place";
import { nearby } from "./nearby";

/**
 * Throws a 409 if the export could write another export's keys in the same storage, in any organization: each would
 * overwrite the other's objects. Lock the place first.
 */
export async function checkKeys(tx: Tx, actor: Actor, mine: KeyPlace, id?: string): Promise<void> {
  for await (const others of nearby(tx, mine, id))
    for (const other of others) {
      const theirs = placeIn(other);
      const key = theirs?.address === mine.address && meetingKey(mine.keys, theirs.keys);
      if (key) throw taken(actor, other, key);
    }
}

interface Other {
  id: string;
  name: string;
  organizationId: string;
  projectId: string;
}

function taken(actor: Actor, { id, name, organizationId, projectId }: Other, key: string) {
  const isSeen = organizationId === actor.organizationId && actor.projectIds.includes(projectId);
  const who = isSeen ? `“${name}”` : "Another export";
  return conflict(
    "prefix_taken",
    `${who} writes the same keys to this bucket, such as ${key}, so they would overwrite each other's files. Choose another prefix.`,
    isSeen ? [{ path: `exports.${id}`, message: name }] : undefined,
  );
}
