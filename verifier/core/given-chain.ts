import { canonicalJson } from "../../lib/receipts/canonical";
import { utf8 } from "./bytes";
import { messageOf } from "./finding";
import { reportStatement } from "./statement";
import { type Context, checkLink } from "./statements";
import type { Summary } from "./summary";

/** Checks the links of a file: a list of receipts and void links, or pages of the API's chain with `documents=true`. */
export function readGivenChain(text: string, context: Context): Summary[] {
  const { reporter, tools } = context;
  let links: unknown;
  try {
    const parsed: unknown = JSON.parse(text);
    links = linksOf(parsed);
  } catch (error) {
    reporter.about("the given chain").unknown("chain", "a list of links", messageOf(error));
    return [];
  }
  if (!Array.isArray(links)) {
    reporter.about("the given chain").unknown("chain", "a list of links", "something else");
    return [];
  }
  return links.flatMap((link, index) => {
    const name = `the given chain's item ${index + 1}`;
    if (Object(link).document === null) {
      reporter
        .about(name)
        .unknown("form", "a link", "the receipt is past its retention time, and only its hash is left");
      return [];
    }
    // The file holds what the links say; their bytes follow from that.
    const read = reportStatement(utf8(canonicalJson(Object(link))), tools, reporter.about(name));
    return checkLink(name, read, context);
  });
}

/** The links of a list, of a page `{items}`, or of several pages in a list. */
function linksOf(given: unknown): unknown {
  if (Array.isArray(given)) return given.flatMap((one) => (isPage(one) ? linksOf(one) : [one]));
  return isPage(given) ? given.items.map((item) => Object(item).document ?? item) : given;
}

const isPage = (value: unknown): value is { items: unknown[] } => Array.isArray(Object(value).items);
