import type { FileBounds, FileCursor } from "../../db/schema/run-files";
import type { Window } from "../../windows/types";
import { queryRows, type Source } from "../client";
import type { Selection } from "../predicate";
import { exactMicrosOf, micros, microsOf } from "../time";
import { type Cursors, cursorsOf, hasTies, upTo } from "./cursors";
import { type GroupRow, rankQuery, recountQuery, type Split } from "./query";

/** A window whose rows are counted, as a whole and for each of its files. */
export interface CountedWindow extends Window {
  files: readonly FileBounds[];
}

export interface Count {
  rows: number;
  /** 0 unless fingerprints were asked for. */
  fingerprint: bigint;
}

export interface WindowCount extends Count {
  /** In the order of the files. */
  files: number[];
}

interface Options {
  fingerprints: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Counts what the source has now of adjacent windows, oldest first, with one query over all of them: a window ends where
 * the next one starts. Reads no more columns than filters, splits, and fingerprints need. Throws an `ExportError`.
 */
export async function recount(
  source: Source,
  selection: Omit<Selection, "window">,
  windows: readonly CountedWindow[],
  { fingerprints, signal }: Options,
): Promise<WindowCount[]> {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return [];
  const files = windows.flatMap((window) => window.files);
  const cursors = cursorsOf(files);
  const starts = windows.map(({ start }) => micros(start));
  const times = [...new Set([...starts, ...cursors.times])].toSorted((a, b) => a - b);
  const split = {
    hours: files.some(({ hour }) => hour !== undefined),
    events: files.some(({ event }) => event !== undefined),
  };
  const whole = { ...selection, window: { start: first.start, end: last.end } };
  const { sql, params } = recountQuery(whole, times, cursors, { ...split, fingerprints });
  const found = await queryRows<GroupRow>(source, sql, { params, signal });
  const groups = found.map((group) => ({ ...group, slot: group.slot ?? String(times[0]) }));
  const rankOf = await rankerOf(source, cursors, signal);
  return sortInto(windows, starts, groups, { cursors, rankOf, split });
}

type RankOf = (cursor: FileCursor) => number;

/** How many cursors are not after one: by their times, or as the source orders them if some times are equal. */
async function rankerOf(source: Source, cursors: Cursors, signal?: AbortSignal): Promise<RankOf> {
  if (!hasTies(cursors)) return ({ time }) => upTo(cursors, exactMicrosOf(time));
  const { sql, params } = rankQuery(cursors);
  const [row] = await queryRows<{ ranks: string[] }>(source, sql, { params, signal });
  const ranks = new Map(
    cursors.times.map((time, index) => [`${time} ${cursors.uuids[index]}`, Number(row?.ranks[index])]),
  );
  return ({ time, uuid }) => ranks.get(`${exactMicrosOf(time)} ${uuid}`) ?? Number.NaN;
}

interface Ranks {
  cursors: Cursors;
  split: Split;
  rankOf: RankOf;
}

interface Ranked {
  part: string;
  hour: number;
  event: string;
  rank: number;
  rows: number;
  fingerprint: bigint;
}

/** Gives each window the groups that arrived in it, and each of its files those that it holds. */
function sortInto(
  windows: readonly CountedWindow[],
  starts: readonly number[],
  groups: readonly (GroupRow & { slot: string })[],
  ranks: Ranks,
): WindowCount[] {
  const startTimes: Cursors = { times: starts, uuids: [] };
  const byWindow = Map.groupBy(groups, ({ slot }) => upTo(startTimes, Number(slot)) - 1);
  return windows.map(({ files }, index) => {
    const own = (byWindow.get(index) ?? []).map((group) => ranked(group, ranks));
    const byPart = Map.groupBy(own, ({ part }) => part);
    return {
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      fingerprint: own.reduce((sum, { fingerprint }) => BigInt.asUintN(64, sum + fingerprint), 0n),
      files: files.map((file) => rowsOf(file, own, byPart, ranks)),
    };
  });
}

function ranked(
  {
    slot,
    tie = "-1",
    part_hour: hour = "0",
    part_event: event = "",
    rows,
    fingerprint = "0",
  }: GroupRow & { slot: string },
  { cursors }: Ranks,
): Ranked {
  const rank = Number(tie) >= 0 ? Number(tie) : upTo(cursors, Number(slot));
  const counts = { rows: Number(rows), fingerprint: BigInt(fingerprint) };
  return { part: `${hour} ${event}`, hour: Number(hour), event, rank, ...counts };
}

function rowsOf(
  file: FileBounds,
  all: readonly Ranked[],
  byPart: ReadonlyMap<string, Ranked[]>,
  { rankOf, split }: Ranks,
) {
  const hour = file.hour ? microsOf(file.hour.start) / 1_000_000 : null;
  const { event = null } = file;
  // Exports that are asked together may split their files in different ways.
  const isPart = (group: Ranked) => (hour === null || group.hour === hour) && (event === null || group.event === event);
  const isWhole = split.hours === (hour !== null) && split.events === (event !== null);
  const groups = isWhole ? (byPart.get(`${hour ?? 0} ${event ?? ""}`) ?? []) : all.filter(isPart);
  const from = file.from ? rankOf(file.from) : 0;
  const to = file.to ? rankOf(file.to) : Number.POSITIVE_INFINITY;
  return groups.reduce((sum, { rank, rows }) => (from <= rank && rank < to ? sum + rows : sum), 0);
}
