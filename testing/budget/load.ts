import type { Browser, BrowserContextOptions, CDPSession } from "@playwright/test";
import { type Observed, observe } from "./observe";

/** What a load leaves out. */
export type Without = "nothing" | "prefetches" | "scripts";

export interface Load extends Observed {
  /** Bytes of JavaScript as they were sent. */
  script: number;
  /** Requests to the first content. */
  requests: number;
}

/**
 * Opens a page with a cold cache and waits until nothing is requested any more.
 *
 * Without prefetches, what it loads is its own. Without scripts and the API, its document and what blocks its rendering
 * are all there is: if content shows then, these are the requests to it.
 */
export async function load(
  browser: Browser,
  options: BrowserContextOptions,
  path: string,
  without: Without,
): Promise<Load> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    // tsx names functions with this helper, which pages lack.
    await page.addInitScript("globalThis.__name = (it) => it");
    await page.addInitScript(observe);
    const session = await context.newCDPSession(page);
    const script = await countScripts(session);
    if (without === "prefetches") await failPrefetches(session);
    if (without === "scripts")
      await session.send("Network.setBlockedURLs", { urls: ["*/_next/static/*.js", "*/api/*"] });
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    const observed = await page.evaluate(() => window.observed);
    const requests = await page.evaluate(requestsToContent, without === "scripts");
    return { ...observed, script: script(), requests };
  } finally {
    await context.close();
  }
}

/** Counts the bodies of scripts as they are sent, without headers. */
async function countScripts(session: CDPSession): Promise<() => number> {
  const headers = new Map<string, number>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script") headers.set(requestId, response.encodedDataLength);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const before = headers.get(requestId);
    if (before !== undefined) bytes += encodedDataLength - before;
  });
  await session.send("Network.enable");
  return () => bytes;
}

async function failPrefetches(session: CDPSession): Promise<void> {
  session.on("Fetch.requestPaused", ({ requestId, request }) => {
    const isPrefetch = Object.keys(request.headers).some((name) => name.toLowerCase() === "next-router-prefetch");
    const answer = isPrefetch
      ? session.send("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" })
      : session.send("Fetch.continueRequest", { requestId });
    // The page may be gone already.
    answer.catch(() => undefined);
  });
  await session.send("Fetch.enable", { patterns: [{ urlPattern: "*_rsc=*" }] });
}

/** In the page: its document, and what was loaded until its content showed; of a page without scripts, what blocks. */
function requestsToContent(withoutScripts: boolean): number {
  const { contentAt } = window.observed;
  // TypeScript's types of the browser don't have it yet.
  const loaded = performance.getEntriesByType("resource") as (PerformanceResourceTiming & {
    renderBlockingStatus: "blocking" | "non-blocking";
  })[];
  const blocking = loaded.filter((entry) => entry.renderBlockingStatus === "blocking");
  if (contentAt === null) return Number.POSITIVE_INFINITY;
  return 1 + (withoutScripts ? blocking : loaded.filter(({ responseEnd }) => responseEnd <= contentAt)).length;
}
