import { LINKED_ZONES } from "./time-zone-links";

/** Suggestions in one message. */
const MOST = 3;

/** Characters that a name may be off by and still be meant. */
const FAR = 3;

interface Zones {
  names: readonly string[];
  /** The name as it is written, by the name in small letters. */
  written: ReadonlyMap<string, string>;
}

let zones: Zones | undefined;

/** Every name of the IANA database, `UTC` first. */
function allZones(): Zones {
  if (zones) return zones;
  const names = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...LINKED_ZONES])];
  zones = { names, written: new Map(names.map((name) => [name.toLowerCase(), name])) };
  return zones;
}

/** What JavaScript takes a name for, which may be no name of the IANA database, like PST; null where it knows none. */
function resolved(name: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Whether this machine knows a zone of the IANA database, by its name: asked once, because the answer takes 0.1 ms and a list has many. */
const isKnown = new Map<string, boolean>();

/** A time zone by its name in the IANA database, however its letters are written; null where there is none of that name. */
export function zoneNamed(name: string): string | null {
  const written = allZones().written.get(name.toLowerCase());
  if (written === undefined) return null;
  // Windows are cut by what this machine knows, which may be an older database.
  if (!isKnown.has(written)) isKnown.set(written, resolved(written) !== null);
  return isKnown.get(written) ? written : null;
}

/**
 * The time zone of a schedule that was saved before names were held against the IANA database: what JavaScript has always cut
 * its windows by, in the name that Temporal knows too.
 */
export const savedZone = (name: string): string => zoneNamed(name) ?? standIn(name) ?? name;

/** The zone of the database that an abbreviation or a whole hour's offset means. */
function standIn(name: string): string | null {
  const found = resolved(name);
  if (found === null) return null;
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(found) ?? [];
  if (sign === undefined) return zoneNamed(found);
  // The database counts the hours that a zone is behind UTC.
  return minutes === "00" ? zoneNamed(`Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`) : null;
}

/** The names that a wrong one may have been meant for, the nearest first. */
export function nearestZones(name: string): string[] {
  const wanted = plain(name);
  const meant = standIn(name);
  const scored = allZones().names.map((zone) => ({ zone, off: offBy(wanted, zone) }));
  const near = scored
    .filter(({ off, zone }) => off <= FAR && resolved(zone) !== null)
    .sort((a, b) => a.off - b.off || (a.zone < b.zone ? -1 : 1));
  return [...new Set([...(meant ? [meant] : []), ...near.map(({ zone }) => zone)])].slice(0, MOST);
}

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_");

/** How far a name is from a zone's: from the whole, or from the place in it. */
function offBy(wanted: string, zone: string): number {
  const whole = plain(zone);
  const place = whole.slice(whole.lastIndexOf("/") + 1);
  // A short name is near everything that is short.
  if (wanted.length <= FAR) return place === wanted || whole === wanted ? 0 : Number.POSITIVE_INFINITY;
  return Math.min(distance(wanted, whole), distance(wanted, place));
}

/** Levenshtein's distance: letters to insert, remove or replace. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > FAR) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
