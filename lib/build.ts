import packageJson from "../package.json" with { type: "json" };

/** Penstock's version. */
export const VERSION: string = packageJson.version;

/**
 * The commit that this build was made from, shortened; null if it isn't known. The build replaces the variable:
 * PENSTOCK_REVISION of a later start changes nothing.
 */
export const REVISION: string | null = shortRevision(process.env.PENSTOCK_REVISION ?? "");

/** The first 8 digits of a commit's hash; null if it is none. */
export function shortRevision(revision: string): string | null {
  return /^[0-9a-f]{8,64}$/.test(revision) ? revision.slice(0, 8) : null;
}
