import type { Browser, BrowserContextOptions } from "@playwright/test";
import { type Cost, LIMITS } from "./limits";
import { type Load, load } from "./load";
import type { PageToMeasure } from "./page-list";

/** More loads of a page whose paint was late: the machine may have been busy. */
const AGAIN = 6;

/** Measures one page by several cold loads. */
export async function measure(browser: Browser, options: BrowserContextOptions, page: PageToMeasure): Promise<Cost> {
  const open = (without: Parameters<typeof load>[3]) => load(browser, options, page.path, without);
  const [own, whole, bare] = [await open("prefetches"), await open("nothing"), await open("scripts")];
  const loads: Load[] = [own, whole];
  if (middle(loads) > LIMITS.largestPaint)
    for (let turn = 0; turn < AGAIN; turn += 1) loads.push(await open("nothing"));
  return {
    name: page.name,
    isList: page.isList,
    script: own.script,
    ahead: Math.max(0, whole.script - own.script),
    largestPaint: Math.round(middle(loads)),
    shift: Number(Math.max(...loads.map(({ shift }) => shift)).toFixed(4)),
    requests: Number.isFinite(bare.requests) ? bare.requests : own.requests,
  };
}

/** The median of the largest paints; of two, the later. */
function middle(loads: readonly Load[]): number {
  const times = loads.map(({ largestPaint }) => largestPaint).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}
