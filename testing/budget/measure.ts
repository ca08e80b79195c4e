import type { Browser, BrowserContextOptions } from "@playwright/test";
import { type Cost, LIMITS } from "./limits";
import { type Load, load } from "./load";
import type { PageToMeasure } from "./page-list";

/** More loads of a page that was late or moved: the machine may have been busy. */
const AGAIN = 6;
/** The most loads without scripts. */
const BARE = 4;

/** Measures one page by several cold loads. */
export async function measure(browser: Browser, options: BrowserContextOptions, page: PageToMeasure): Promise<Cost> {
  const open = (without: Parameters<typeof load>[3]) => load(browser, options, page.path, without);
  const [own, whole] = [await open("prefetches"), await open("nothing")];
  const loads: Load[] = [own, whole];
  const fits = () => paintOf(loads) <= LIMITS.largestPaint && shiftOf(loads) <= LIMITS.shift;
  const bare = [await open("scripts")];
  // A document whose answers were late comes without its content.
  for (let turn = 1; turn < BARE && !page.needsBrowser && least(bare) > LIMITS.requests; turn += 1)
    bare.push(await open("scripts"));
  if (!fits()) for (let turn = 0; turn < AGAIN; turn += 1) loads.push(await open("nothing"));
  return {
    name: page.name,
    isList: page.isList,
    needsBrowser: page.needsBrowser,
    script: own.script,
    ahead: Math.max(0, whole.script - own.script),
    largestPaint: Math.round(paintOf(loads)),
    shift: Number(shiftOf(loads).toFixed(4)),
    requests: Number.isFinite(least(bare)) ? least(bare) : own.requests,
  };
}

const least = (loads: readonly Load[]) => Math.min(...loads.map(({ requests }) => requests));
const paintOf = (loads: readonly Load[]) => middle(loads.map(({ largestPaint }) => largestPaint));
const shiftOf = (loads: readonly Load[]) => middle(loads.map(({ shift }) => shift));

/** The median; of an even number, the higher of the two in the middle. */
function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
