import type { Facts, Unread } from "./facts";

/** Keys that a sentence names. */
const MOST = 3;

const UNREADABLE: Record<Unread["why"], string> = {
  hidden: "missing or can't be read",
  refused: "unreadable",
  archived: "in a storage class that needs a restore before it can be read",
};

const NOT_READ_BACK: Record<Unread["why"], string> = {
  hidden: "couldn't be read back",
  refused: "couldn't be read back",
  archived: "couldn't be read back, because its storage class needs a restore first",
};

/** What was found of the objects that a receipt names, in sentences; null if there is nothing to say. */
export function reasonOf(facts: Facts, all: number): string | null {
  const { missing, changed, unreadable, unread, extra, hasMoreExtra, unknown, notes } = facts;
  const of = (count: number, what: string) =>
    count === 0 ? [] : [`${count} of the ${objects(all)} in the receipt ${what}.`];
  const isOrAre = (count: number) => (count === 1 ? "is" : "are");
  const sentences = [
    ...of(missing.length, `${isOrAre(missing.length)} missing`),
    ...of(changed.length, `${isOrAre(changed.length)} different from what was written`),
    ...byWhy(unreadable).flatMap(([why, those]) =>
      of(those.length, `${isOrAre(those.length)} ${UNREADABLE[why]}: ${keysOf(those)}`),
    ),
    ...unknown,
    ...(extra.length > 0
      ? [
          `${hasMoreExtra ? "At least " : ""}${objects(extra.length)} of this window ${isOrAre(extra.length)} not in the receipt.`,
        ]
      : []),
    ...byWhy(unread).flatMap(([why, those]) => of(those.length, `${NOT_READ_BACK[why]}: ${keysOf(those)}`)),
    ...notes,
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

const byWhy = (those: readonly Unread[]) => [...Map.groupBy(those, ({ why }) => why)];

const keysOf = (those: readonly Unread[]): string =>
  those
    .slice(0, MOST)
    .map(({ named }) => named.key)
    .join(", ");

const objects = (count: number) => (count === 1 ? "1 object" : `${count} objects`);
