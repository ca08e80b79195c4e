import pMap from "p-map";
import type { Db } from "@/lib/db/client";
import type { ObjectStore } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import { earlierRuns, ownerOf } from "@/lib/services/ledger";
import type { Audited, Named } from "./audited";
import { findExtra } from "./extra";
import { type Facts, noFacts } from "./facts";
import { compareBytes, isSame, type Judging, judge, type Verdict } from "./judge";
import type { Place } from "./place";
import { chosen, isOver, type Reading } from "./reading";
import { type Scanned, scan } from "./scan";

/** Requests at a time. */
const AT_ONCE = 8;
/** Files read at a time. */
const READ_AT_ONCE = 3;
/** Objects that the storage may fail on. */
const FAILURES = 5;

const NO_LIST = "The credentials may not list, so objects beside those of the receipt were not looked for.";
const CUT = "There are too many other objects: not all were looked at for any beside the receipt's.";
const PAST = "The export writes elsewhere or other keys by now, so only objects that the ledger knows were looked for.";
const BLIND = "The credentials may neither list nor read the objects.";
const REWRITTEN = "Some objects have another ETag than when they were written, but the right size and request id.";

/** An object that a run's receipt names, and what is found of that run. */
interface Subject {
  audited: Audited;
  named: Named;
  facts: Facts;
}

export interface Auditing {
  store: ObjectStore;
  place: Place;
  group: readonly Audited[];
  reading: Reading;
  signal: AbortSignal;
}

/** Compares what the receipts of runs name with what a bucket holds. Throws an `ExportError`. */
export async function auditObjects(db: Db, auditing: Auditing): Promise<Map<string, Facts>> {
  const { store, place, group, reading, signal } = auditing;
  const facts = new Map(group.map(({ run }) => [run.id, noFacts()]));
  const subjects = group.flatMap((audited) =>
    audited.named.map((named): Subject => ({ audited, named, facts: facts.get(audited.run.id)! })),
  );
  const listed = await list(store, place, subjects);
  const judging: Judging = { store, reading, signal, failures: { left: FAILURES } };
  const doubtful = listed ? subjects.filter(({ named }) => !isSame(named, listed.found.get(named.key))) : subjects;
  const verdicts = await judgeAll(db, judging, doubtful);
  const isBlind = !listed && verdicts.size > 0 && [...verdicts.values()].every((verdict) => verdict === "refused");
  if (isBlind) return each(facts, (one) => Object.assign(one, { unknown: BLIND }));
  for (const [subject, verdict] of verdicts) note(subject, verdict);
  await readShare(
    judging,
    subjects.filter((one) => (verdicts.get(one) ?? "same") === "same"),
  );
  await findExtra(db, { store, place, group, facts, beside: listed?.beside ?? [] });
  if (!listed) each(facts, ({ notes }) => notes.push(NO_LIST));
  else if (!place.isPresent) each(facts, ({ notes }) => notes.push(PAST));
  else if (!listed.isWhole) each(facts, ({ notes }) => notes.push(CUT));
  return facts;
}

/** Null if the credentials may not list. */
async function list(store: ObjectStore, place: Place, subjects: readonly Subject[]): Promise<Scanned | null> {
  const keys = subjects.map(({ named }) => named.key);
  try {
    return await scan(keys, { prefix: place.prefix, isOurs: place.isOurs, list: store.list });
  } catch (error) {
    if (error instanceof ExportError && error.failure.code === "missing_permission") return null;
    throw error;
  }
}

async function judgeAll(db: Db, judging: Judging, doubtful: readonly Subject[]): Promise<Map<Subject, Verdict>> {
  const verdicts = new Map<Subject, Verdict>();
  await pMap(
    doubtful,
    async (subject) => {
      judging.signal.throwIfAborted();
      const { run } = subject.audited;
      const owner = async () => ownerOf(run, await earlierRuns(db, run));
      verdicts.set(subject, await judge(judging, subject.named, owner));
    },
    { concurrency: AT_ONCE },
  );
  return verdicts;
}

/** Reads some of the files back, or all, and notes those whose bytes are not those that were written. */
async function readShare(judging: Judging, sound: readonly Subject[]): Promise<void> {
  const { reading, signal } = judging;
  const files = sound.filter(({ named }) => named.kind === "file" && named.sha256 !== null);
  await pMap(
    chosen(files, reading),
    async (subject) => {
      if (isOver(reading)) return;
      signal.throwIfAborted();
      note(subject, await compareBytes(judging, subject.named));
      subject.facts.readBack += 1;
    },
    { concurrency: READ_AT_ONCE },
  );
}

function note({ named, facts }: Subject, verdict: Verdict): void {
  if (verdict === "missing") facts.missing.push(named);
  else if (verdict === "changed") facts.changed.push(named);
  else if (verdict === "refused") facts.unreadable.push(named);
  else if (verdict === "rewritten" && !facts.notes.includes(REWRITTEN)) facts.notes.push(REWRITTEN);
  else if (typeof verdict === "object") Object.assign(facts, verdict);
}

function each(facts: Map<string, Facts>, change: (one: Facts) => void): Map<string, Facts> {
  for (const one of facts.values()) change(one);
  return facts;
}
