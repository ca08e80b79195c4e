import type { DestinationType } from "@/lib/destinations/catalog";
import { type S3Destination, s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { type Settings, settingsSchema } from "@/lib/destinations/settings";
import type { LayoutName } from "@/lib/rows/layouts/registry";

/** A key prefix to begin with: only the template needs dates in it, every other layout has them in names of its own. */
const usualPrefix = (layout: LayoutName): string =>
  layout === "template" ? "{table_name}/{year}/{month}/{day}/" : "{table_name}/";

type Usual = Pick<S3Destination, "compression" | "maxFileSizeMb">;

/** What the schema fills in where a layout and format are all that is known. */
export function usualOf({ layout, format }: S3Destination): Usual {
  const { compression, maxFileSizeMb } = s3DestinationSchema.parse({ type: "s3", layout, format });
  return { compression, maxFileSizeMb };
}

/** The folder before the prefix's usual end; null where it ends in another way. */
function beforeUsual({ prefix, layout }: S3Destination): string | null {
  const end = usualPrefix(layout);
  return prefix.endsWith(end) ? prefix.slice(0, -end.length) : null;
}

/** What an export to a kind of destination begins with. */
export const usualSettings = (type: DestinationType): Settings =>
  settingsSchema.parse(type === "s3" ? { type, prefix: usualPrefix("template") } : { type });

/** A destination after a change, where what was as usual before it is as usual after it too. */
export function keepUsual(before: Settings, after: Settings): Settings {
  return before.type === "s3" && after.type === "s3" ? keepUsualFiles(before, after) : after;
}

function keepUsualFiles(before: S3Destination, after: S3Destination): S3Destination {
  const [then, now] = [usualOf(before), usualOf(after)];
  const kept = <Name extends keyof Usual>(name: Name): Usual[Name] =>
    after[name] === before[name] && before[name] === then[name] ? now[name] : after[name];
  const folder = after.layout === before.layout || after.prefix !== before.prefix ? null : beforeUsual(before);
  return {
    ...after,
    prefix: folder === null ? after.prefix : folder + usualPrefix(after.layout),
    compression: kept("compression"),
    maxFileSizeMb: kept("maxFileSizeMb"),
  };
}
