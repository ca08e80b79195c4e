import { readdirSync } from "node:fs";
import { dirname } from "node:path/posix";

/** Ids that the addresses of pages need. */
export interface Samples {
  organizationId: string;
  projectId: string;
  exportId: string;
  connectionId: string;
  runId: string;
  /** What the run exported. */
  range: { start: string; end: string };
}

export interface PageToMeasure {
  /** The address without ids. */
  name: string;
  path: string;
  isSignedIn: boolean;
  isList: boolean;
  needsBrowser: boolean;
}

/** What a page shows by its address: tabs, what is open over it, and a range. */
const VARIANTS: Record<string, (samples: Samples) => string[]> = {
  "exports/[id]": ({ runId }) => [
    "",
    ...["charts", "historic", "receipts", "checks", "read", "settings"].map((tab) => `?tab=${tab}`),
    `?run=${runId}`,
  ],
  "exports/[id]/certificate": ({ range }) => [`?from=${range.start}&to=${range.end}`],
};

/**
 * Pages with a draft or a form that the browser fills in, with charts as wide as the browser or with snippets for the
 * tool that it remembers, those whose address has a token that no server gets, the start of an organization, which leads
 * on, and what isn't there.
 */
const NEED_BROWSER =
  /^\/(o\/.*\/(new|edit|\[id\]\?tab=(charts|read))|invite|reset-password|o\/\[organizationId\](\/\[\.{3}unknown\])?)$/;

/** The routes of the app folder that are pages: `o/[organizationId]/account`. */
export const routesOf = (appFolder: string): string[] =>
  readdirSync(appFolder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => dirname(file))
    .sort();

/** The addresses of a route. Throws if a part of it has no sample, so that no page is forgotten. */
export function pagesOf(route: string, samples: Samples): PageToMeasure[] {
  const parts = route.split("/").filter((part) => part !== "." && !/^\(.*\)$/.test(part));
  const path = `/${parts.map((part, index) => filled(part, parts[index - 1] ?? "", samples)).join("/")}`;
  const ending = Object.keys(VARIANTS).find((end) => parts.join("/").endsWith(end));
  const endings = VARIANTS[ending ?? ""]?.(samples) ?? [""];
  const isList = parts.join("/").endsWith("p/[projectId]/exports");
  return endings.map((extra) => {
    const name = `/${parts.join("/")}${extra.replaceAll(/=[^&]{20,}/g, "")}`;
    return {
      name,
      path: path + extra,
      // The first page only leads on.
      isSignedIn: parts.length === 0 || parts.includes("[organizationId]") || parts[0] === "[place]",
      isList,
      needsBrowser: NEED_BROWSER.test(name),
    };
  });
}

function filled(part: string, before: string, samples: Samples): string {
  if (!part.startsWith("[")) return part;
  const byPlace: Record<string, string> = {
    "exports/[id]": samples.exportId,
    "connections/[id]": samples.connectionId,
    "[organizationId]/[...unknown]": "nowhere",
    "[place]/[[...path]]": samples.exportId,
    "docs/[[...page]]": "receipts",
    "docs/[section]": "exports",
  };
  const byName: Record<string, string> = {
    "[organizationId]": samples.organizationId,
    "[projectId]": samples.projectId,
    // A link of before pages had their workspace in the address.
    "[place]": "exports",
  };
  const known = byPlace[`${before}/${part}`] ?? byName[part];
  if (known === undefined) throw new Error(`testing/budget/page-list.ts has no sample for ${part} after ${before}.`);
  return known;
}
