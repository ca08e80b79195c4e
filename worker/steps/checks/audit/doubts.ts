import pMap from "p-map";
import { compareBytes, type Verdict } from "./judge";
import { isProven, noteProven } from "./proven";
import { READ_AT_ONCE, type ReadingBack } from "./read-back";
import { isTimeOver } from "./reading";
import { isUnknown, noteUnknown, type Subject } from "./subject";

/** An object that has another ETag than when it was written, but the right size and request id. */
export interface Doubt {
  subject: Subject;
  etag: string;
}

const REWRITTEN = "Some objects have a different ETag than when they were written";
const [TOO_MANY_BYTES, NOT_YET, ARCHIVED, UNPROVEN] = [
  `${REWRITTEN}. Together they are too large for an audit to read back. Start a deep check to read them.`,
  `${REWRITTEN}. They haven't been read back yet. A later audit or a deep check reads them.`,
  `${REWRITTEN}. They can't be read back, because their storage class needs a restore first.`,
  `${REWRITTEN}. They can't be compared, because an earlier version of Penstock didn't record their SHA-256.`,
];

/**
 * Reads rewritten objects back, window by window: only their bytes say whether they are the same. A window whose objects
 * can't be read now, or ever within the budget, is not called intact.
 */
export async function settleDoubts(judging: ReadingBack, address: string, doubts: readonly Doubt[]): Promise<void> {
  const { reading, isDeep } = judging;
  const open = isDeep ? doubts : doubts.filter(({ subject, etag }) => !isProven(address, subject.named, etag));
  for (const ofWindow of Map.groupBy(open, ({ subject }) => subject.audited).values()) {
    const [first] = ofWindow;
    const bytes = ofWindow.reduce((sum, { subject }) => sum + (subject.named.bytes ?? 0), 0);
    if (bytes > reading.doubts.most) noteUnknown(first!.subject.facts, { unknown: TOO_MANY_BYTES, isTemporary: false });
    else if (bytes > reading.doubts.left || isTimeOver(reading))
      noteUnknown(first!.subject.facts, { unknown: NOT_YET, isTemporary: true });
    else await pMap(ofWindow, (doubt) => settle(judging, address, doubt), { concurrency: READ_AT_ONCE });
  }
}

async function settle(judging: ReadingBack, address: string, { subject, etag }: Doubt): Promise<void> {
  judging.signal.throwIfAborted();
  const verdict = await compareBytes(judging, subject.named, judging.reading.doubts);
  if (verdict === "same") noteProven(address, subject.named, etag);
  note(subject, verdict, judging.isDeep);
}

function note({ named, facts }: Subject, verdict: Verdict, isDeep: boolean): void {
  if (verdict === "same") facts.readBack += 1;
  else if (verdict === "changed") facts.changed.push(named);
  else if (verdict === "missing") facts.missing.push(named);
  else if (verdict === "refused" || (verdict === "archived" && isDeep)) facts.unreadable.push({ named, why: verdict });
  else if (verdict === "archived") noteUnknown(facts, { unknown: ARCHIVED, isTemporary: false });
  else if (verdict === "unproven") noteUnknown(facts, { unknown: UNPROVEN, isTemporary: false });
  else if (isUnknown(verdict)) noteUnknown(facts, verdict);
}
