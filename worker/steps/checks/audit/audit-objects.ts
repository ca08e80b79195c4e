import pMap from "p-map";
import type { Db } from "@/lib/db/client";
import type { ObjectStore } from "@/lib/destinations/types";
import type { Owner } from "@/lib/destinations/upload-types";
import { ExportError } from "@/lib/errors";
import { earlierRuns, ownerOf } from "@/lib/services/ledger";
import type { Audited } from "./audited";
import { type Doubt, settleDoubts } from "./doubts";
import { findExtra } from "./extra";
import { type Facts, noFacts } from "./facts";
import { isSame, judge, type Verdict } from "./judge";
import type { Place } from "./place";
import { type ReadingBack, readBack } from "./read-back";
import { isTimeOver, type Reading } from "./reading";
import { type Scanned, scan } from "./scan";
import { noteSeen, type Subject } from "./subject";

/** Requests at a time. */
const AT_ONCE = 8;
/** Objects that the storage may fail on. */
const FAILURES = 5;

const NO_LIST = "The credentials can't list objects, so objects that the receipt doesn't list weren't looked for.";
const CUT = "The bucket has too many other objects, so not all were checked against the receipt.";
const PAST =
  "The export now writes to another place or with other keys, so only objects in the ledger were looked for.";
const BLIND = "The credentials can't list or read the objects, or all objects are missing.";

export interface Auditing {
  store: ObjectStore;
  place: Place;
  group: readonly Audited[];
  isDeep: boolean;
  reading: Reading;
  signal: AbortSignal;
}

/**
 * Compares what the receipts of runs name with what a bucket holds. Has no facts of runs that it had no time for; there
 * is time for the first one. Throws an `ExportError`.
 */
export async function auditObjects(db: Db, auditing: Auditing): Promise<Map<string, Facts>> {
  const { store, place, group } = auditing;
  const facts = new Map(group.map(({ run }) => [run.id, noFacts()]));
  const subjects = group.flatMap((audited) =>
    audited.named.map((named): Subject => ({ audited, named, facts: facts.get(audited.run.id)! })),
  );
  const judging: ReadingBack = { ...auditing, failures: { left: FAILURES } };
  const listed = await list(auditing, subjects);
  const doubtful = listed ? subjects.filter(({ named }) => !isSame(named, listed.found.get(named.key))) : subjects;
  const verdicts = await judgeAll(db, judging, doubtful);
  for (const subject of doubtful) if (!verdicts.has(subject)) facts.delete(subject.audited.run.id);
  const isBlind = !listed && verdicts.size > 0 && [...verdicts.values()].every((verdict) => verdict === "refused");
  if (isBlind) return each(facts, ({ unknown }) => unknown.push(BLIND));
  for (const [subject, verdict] of verdicts) noteSeen(subject, verdict, listed !== null);
  const isLooked = ({ audited }: Subject) => facts.has(audited.run.id);
  await settleDoubts(
    judging,
    place.address,
    doubtsOf(verdicts).filter(({ subject }) => isLooked(subject)),
  );
  const sound = subjects.filter((one) => isLooked(one) && (verdicts.get(one) ?? "same") === "same");
  await readBack(judging, sound);
  const looked = group.filter(({ run }) => facts.has(run.id));
  await findExtra(db, { store, place, group: looked, facts, beside: listed?.beside ?? [] });
  const limit = limitOf(listed, place);
  return limit === null ? facts : each(facts, ({ notes }) => notes.push(limit));
}

/** Null if the credentials may not list. */
async function list({ store, place, signal }: Auditing, subjects: readonly Subject[]): Promise<Scanned | null> {
  const keys = subjects.map(({ named }) => named.key);
  const pages: ObjectStore["list"] = (prefix, after) => {
    signal.throwIfAborted();
    return store.list(prefix, after);
  };
  try {
    return await scan(keys, { prefix: place.prefix, isOurs: place.isOurs, list: pages });
  } catch (error) {
    if (error instanceof ExportError && error.failure.code === "missing_permission") return null;
    throw error;
  }
}

/** Looks at objects one by one, in order. Leaves out those that there is no time for, except the first run's. */
async function judgeAll(db: Db, judging: ReadingBack, doubtful: readonly Subject[]): Promise<Map<Subject, Verdict>> {
  const verdicts = new Map<Subject, Verdict>();
  const owners = new Map<string, Promise<Owner>>();
  const ownerOfRun = ({ run }: Audited): Promise<Owner> => {
    const owner = owners.get(run.id) ?? earlierRuns(db, run).then((earlier) => ownerOf(run, earlier));
    owners.set(run.id, owner);
    return owner;
  };
  await pMap(
    doubtful,
    async (subject) => {
      judging.signal.throwIfAborted();
      const { audited, named } = subject;
      if (isTimeOver(judging.reading) && audited !== doubtful[0]!.audited) return;
      verdicts.set(subject, await judge(judging, named, () => ownerOfRun(audited)));
    },
    { concurrency: AT_ONCE },
  );
  return verdicts;
}

const doubtsOf = (verdicts: ReadonlyMap<Subject, Verdict>): Doubt[] =>
  [...verdicts].flatMap(([subject, verdict]) =>
    typeof verdict === "object" && "rewritten" in verdict ? [{ subject, etag: verdict.rewritten }] : [],
  );

function limitOf(listed: Scanned | null, { isPresent }: Place): string | null {
  if (!listed) return NO_LIST;
  if (!isPresent) return PAST;
  return listed.isWhole ? null : CUT;
}

function each(facts: Map<string, Facts>, change: (one: Facts) => void): Map<string, Facts> {
  for (const one of facts.values()) change(one);
  return facts;
}
