/** What an object is, by its name in the checked place. */
export type Kind =
  | { is: "keys" }
  | { is: "link"; prefix: string; exportId: string; file: string }
  | { is: "ours" }
  | { is: "success" }
  | { is: "manifest" }
  | { is: "json" }
  | { is: "data" };

const LINK = /^((?:.*\/)?)_penstock\/([^/]+)\/chain\/([^/]+)$/s;
const KEYS = /(^|\/)_penstock\/keys\.json$/;
const OURS = /(^|\/)(_penstock\/|\.penstock\/claim-[^/]+$)/;
const SUCCESS = /(^|\/)_SUCCESS$/;
/** As the layouts name them: see docs/formats-and-layouts.md. */
const MANIFEST = /_manifest\.json$|(^|\/)_manifests\/[^/]+\.json$|-\d{14}-manifest-[^/]*\.json$/;

export function kindOf(name: string): Kind {
  const link = LINK.exec(name);
  if (link) return { is: "link", prefix: link[1]!, exportId: link[2]!, file: link[3]! };
  if (KEYS.test(name)) return { is: "keys" };
  if (OURS.test(name)) return { is: "ours" };
  if (SUCCESS.test(name)) return { is: "success" };
  if (MANIFEST.test(name)) return { is: "manifest" };
  return { is: name.endsWith(".json") ? "json" : "data" };
}

/** `20260329T000000Z`: milliseconds only where they are not zero. */
const basic = (time: string) => time.replaceAll(/[-:]/g, "").replace(".000Z", "Z");

interface Named {
  requestId: string;
  intervalStart: string;
  intervalEnd: string;
}

/** Whether a manifest has the name of its window, or of its request: another name would hide one behind another. */
export function isNamed(name: string, { requestId, intervalStart, intervalEnd }: Named): boolean {
  const file = name.slice(name.lastIndexOf("/") + 1);
  const bounds = `${basic(intervalStart)}-${basic(intervalEnd)}`;
  return (
    file === `${bounds}_manifest.json` ||
    file === `${bounds}.json` ||
    file.endsWith(`_${bounds}.json`) ||
    (file.startsWith(`${requestId}-`) && /^\d{14}-manifest-/.test(file.slice(requestId.length + 1)))
  );
}
