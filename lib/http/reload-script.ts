/** What the script uses of a window. */
type Page = Pick<Window, "addEventListener" | "fetch" | "sessionStorage" | "location">;

/**
 * Reloads a page if a script or style sheet of its build is gone, as in a rolling deploy: the page is one build's, and
 * the process that is asked has another. Not within a minute of the last time, because then reloading doesn't help; not
 * where nothing can be remembered, because it could go on forever; and not if the server can't be reached, because a
 * page that is partly there is better than none. Self-contained: its text runs in the page before any file is loaded.
 */
export function reloadIfGone(page: Page): void {
  const key = "penstock.reloaded";
  const pause = 60_000;
  const mayReload = () => {
    try {
      if (Date.now() - Number(page.sessionStorage.getItem(key)) < pause) return false;
      page.sessionStorage.setItem(key, String(Date.now()));
      return true;
    } catch {
      return false;
    }
  };
  const fileOf = ({ tagName, src, rel, href }: Partial<HTMLScriptElement & HTMLLinkElement>) =>
    tagName === "SCRIPT" ? src : tagName === "LINK" && rel === "stylesheet" ? href : undefined;
  const onError = ({ target }: Event) => {
    const file = fileOf((target ?? {}) as Partial<HTMLScriptElement & HTMLLinkElement>);
    if (!file?.includes("/_next/static/")) return;
    const reload = () => {
      if (mayReload()) page.location.reload();
    };
    page.fetch(file, { method: "HEAD", cache: "no-store" }).then(reload, () => {});
  };
  // Elements' errors reach the window only on their way down.
  page.addEventListener("error", onError, true);
}

/** The script of every page. */
export const RELOAD_SCRIPT = `(${reloadIfGone})(window)`;
