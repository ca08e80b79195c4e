import type { FileSettings } from "@/lib/destinations/files/settings";
import { usualOf } from "@/lib/destinations/files/usual";
import { initialSettings } from "@/lib/destinations/initial-settings";
import { type DestinationType, writesFiles } from "@/lib/destinations/outlines";
import type { Settings } from "@/lib/destinations/settings";
import type { LayoutName } from "@/lib/rows/layouts/registry";

/** The initial key prefix: only the template layout needs dates in it; all others have dates in their own names. */
const usualPrefix = (layout: LayoutName): string =>
  layout === "template" ? "{table_name}/{year}/{month}/{day}/" : "{table_name}/";

/** Default values that depend on layout and format. */
const usualFiles = ({ layout, format }: FileSettings) => usualOf({ layout, format });

/** The folder before the default prefix; null if the prefix doesn't end in it. */
function beforeUsual({ prefix, layout }: FileSettings): string | null {
  const end = usualPrefix(layout);
  return prefix.endsWith(end) ? prefix.slice(0, -end.length) : null;
}

/** Initial settings of an export to a destination type. */
export function usualSettings(type: DestinationType): Settings {
  const initial = initialSettings(type);
  return writesFiles(initial) ? { ...initial, prefix: usualPrefix(initial.layout) } : initial;
}

/** The changed settings, with values that were at their defaults moved to the new defaults. */
export function keepUsual(before: Settings, after: Settings): Settings {
  return writesFiles(before) && writesFiles(after) ? { ...after, ...keptFiles(before, after) } : after;
}

function keptFiles(before: FileSettings, after: FileSettings): Partial<FileSettings> {
  const [then, now] = [usualFiles(before), usualFiles(after)];
  const kept = <Name extends keyof typeof now>(name: Name) =>
    after[name] === before[name] && before[name] === then[name] ? now[name] : after[name];
  const folder = after.layout === before.layout || after.prefix !== before.prefix ? null : beforeUsual(before);
  return {
    prefix: folder === null ? after.prefix : folder + usualPrefix(after.layout),
    compression: kept("compression"),
    maxFileSizeMb: kept("maxFileSizeMb"),
  };
}
