import pMap from "p-map";
import { compareBytes, type Judging } from "./judge";
import { chosen, isOver, type Reading } from "./reading";
import { isUnknown, noteUnknown, type Subject } from "./subject";

/** Objects read at a time. */
export const READ_AT_ONCE = 3;

const NOT_COMPARED =
  "An earlier version of Penstock committed this window and didn't record every SHA-256, so not all objects were compared.";

export interface ReadingBack extends Judging {
  reading: Reading;
  /** Whether everything is to be read, rather than a sample. */
  isDeep: boolean;
}

/** Reads objects back that seem to be as they were written, some or all, and notes what is found of their bytes. */
export async function readBack(judging: ReadingBack, sound: readonly Subject[]): Promise<void> {
  const { reading, signal } = judging;
  await pMap(
    chosen(sound, reading),
    async (subject) => {
      if (isOver(reading)) return;
      signal.throwIfAborted();
      await readOne(judging, subject);
    },
    { concurrency: READ_AT_ONCE },
  );
}

async function readOne(judging: ReadingBack, { named, facts }: Subject): Promise<void> {
  const verdict = await compareBytes(judging, named, judging.reading);
  if (verdict === "same") facts.readBack += 1;
  else if (verdict === "changed") {
    facts.changed.push(named);
    facts.isFoundByReading = true;
  } else if (verdict === "missing") facts.missing.push(named);
  // Audits need no permission to read: what the listing says stays true.
  else if (verdict === "refused" || verdict === "archived")
    facts[judging.isDeep ? "unreadable" : "unread"].push({ named, why: verdict });
  else if (verdict === "unproven" && judging.isDeep && !facts.notes.includes(NOT_COMPARED))
    facts.notes.push(NOT_COMPARED);
  else if (isUnknown(verdict)) noteUnknown(facts, verdict);
}
