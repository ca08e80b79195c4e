/**
 * Where this build serves the app below its host: empty, or like `/penstock`. The build replaces the variable, so that
 * pages, server, and health check agree: PENSTOCK_BASE_PATH of a later start changes nothing.
 */
export const BASE_PATH: string = process.env.PENSTOCK_BASE_PATH ?? "";

/** A path of the app, as a browser needs it where Next doesn't add the base path: outside of its links and router. */
export const atBase = (path: string): string => BASE_PATH + path;

/** The same without the base path, as Next's router wants it. */
export const belowBase = (path: string): string =>
  BASE_PATH !== "" && (path === BASE_PATH || path.startsWith(`${BASE_PATH}/`))
    ? path.slice(BASE_PATH.length) || "/"
    : path;

/** Throws if a base path is not what Next accepts. */
export function requireBasePath(path: string): void {
  if (!/^(\/[\w.~-]+)*$/.test(path))
    throw new Error(
      `PENSTOCK_BASE_PATH must be empty or a path like /penstock, without a slash at the end. It is ${path}`,
    );
}

/** Why an app's public address doesn't match this build; null if it does. */
export function basePathMismatch(appUrl: string): string | null {
  const path = new URL(appUrl).pathname.replace(/\/+$/, "");
  if (path === BASE_PATH) return null;
  const wanted = (it: string) => (it === "" ? "the root of its host" : it);
  return `APP_URL points to ${wanted(path)}, but this build of the app is for ${wanted(BASE_PATH)}. Correct APP_URL, or build again with PENSTOCK_BASE_PATH=${path}`;
}
