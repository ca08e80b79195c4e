import type { Page } from "@playwright/test";

/** A page without scripts of its own never runs. */
const LONGEST_MS = 5000;

/** In the page: whether React has taken over everything that can be clicked. */
const isRunning = () =>
  [...document.querySelectorAll("main :is(button, input, textarea, [role=tab])")].every((control) =>
    Object.keys(control).some((name) => name.startsWith("__reactFiber$")),
  );

/**
 * Makes every page wait until it runs when it is opened or reloaded: the server renders controls, which ignore a click
 * until then. `page` is any page of the browser; all share its methods.
 */
export function waitUntilRunning(page: Page): void {
  const methods = Object.getPrototypeOf(page) as Pick<Page, "goto" | "reload">;
  const { goto, reload } = methods;
  const running = async <T>(it: Page, opened: Promise<T>): Promise<T> => {
    const response = await opened;
    await it.waitForFunction(isRunning, null, { timeout: LONGEST_MS }).catch(() => {});
    return response;
  };
  methods.goto = function (this: Page, ...given) {
    return running(this, goto.apply(this, given));
  };
  methods.reload = function (this: Page, ...given) {
    return running(this, reload.apply(this, given));
  };
}
