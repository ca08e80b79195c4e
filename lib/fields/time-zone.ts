import { LINKED_ZONES } from "./time-zone-links";

/** Suggestions per message. */
const MOST = 3;

/** Maximum edit distance of a suggestion. */
const FAR = 3;

interface Zones {
  names: readonly string[];
  /** The exact spelling by lowercase name. */
  written: ReadonlyMap<string, string>;
}

let zones: Zones | undefined;

/** Every IANA name, `UTC` first. */
function allZones(): Zones {
  if (zones) return zones;
  const names = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...LINKED_ZONES])];
  zones = { names, written: new Map(names.map((name) => [name.toLowerCase(), name])) };
  return zones;
}

/** The zone that JavaScript resolves a name to, even a non-IANA name like PST; null if unknown. */
function resolved(name: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Whether this machine knows an IANA zone, by name. Cached, because a lookup takes 0.1 ms and lists have many. */
const isKnown = new Map<string, boolean>();

/** A time zone by its IANA name, ignoring case; null if there is none. */
export function zoneNamed(name: string): string | null {
  const written = allZones().written.get(name.toLowerCase());
  if (written === undefined) return null;
  // Windows are cut with this machine's database, which may be older.
  if (!isKnown.has(written)) isKnown.set(written, resolved(written) !== null);
  return isKnown.get(written) ? written : null;
}

/**
 * The time zone of a schedule saved before names were checked against the IANA database: the one that JavaScript has
 * always used for its windows, by a name that Temporal knows too.
 */
export const savedZone = (name: string): string => zoneNamed(name) ?? standIn(name) ?? name;

/** The IANA zone of an abbreviation or a whole-hour offset. */
function standIn(name: string): string | null {
  const found = resolved(name);
  if (found === null) return null;
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(found) ?? [];
  if (sign === undefined) return zoneNamed(found);
  // `Etc/GMT` names count the hours behind UTC.
  return minutes === "00" ? zoneNamed(`Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`) : null;
}

/** The likely intended names for a wrong one, nearest first. */
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

/** The distance between a name and a zone's: the whole name, or its place. */
function offBy(wanted: string, zone: string): number {
  const whole = plain(zone);
  const place = whole.slice(whole.lastIndexOf("/") + 1);
  // A short name is close to every short name.
  if (wanted.length <= FAR) return place === wanted || whole === wanted ? 0 : Number.POSITIVE_INFINITY;
  return Math.min(distance(wanted, whole), distance(wanted, place));
}

/** Levenshtein distance: letters to insert, remove, or replace. */
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
