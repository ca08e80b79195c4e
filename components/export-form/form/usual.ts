import { type DestinationType, writesFiles } from "@/lib/destinations/catalog";
import { type FileSettings, usualOf } from "@/lib/destinations/files/settings";
import { type Settings, settingsSchema } from "@/lib/destinations/settings";
import type { LayoutName } from "@/lib/rows/layouts/registry";

/** A key prefix to begin with: only the template needs dates in it, every other layout has them in names of its own. */
const usualPrefix = (layout: LayoutName): string =>
  layout === "template" ? "{table_name}/{year}/{month}/{day}/" : "{table_name}/";

/** The usual values of what depends on layout and format. */
const usualFiles = ({ layout, format }: FileSettings) => usualOf({ layout, format });

/** The folder before the prefix's usual end; null where it ends in another way. */
function beforeUsual({ prefix, layout }: FileSettings): string | null {
  const end = usualPrefix(layout);
  return prefix.endsWith(end) ? prefix.slice(0, -end.length) : null;
}

/** What an export to a type of destination begins with. */
export const usualSettings = (type: DestinationType): Settings =>
  settingsSchema.parse(writesFiles({ type }) ? { type, prefix: usualPrefix("template") } : { type });

/** A destination after a change, where what was as usual before it is as usual after it too. */
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
