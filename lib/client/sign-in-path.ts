import { atBase, belowBase } from "@/lib/base-path";

/** The sign-in page, as the browser's location, with the path to return to by Next's router. */
export const signInPath = ({ pathname, search }: Pick<Location, "pathname" | "search">) =>
  atBase(`/sign-in?next=${encodeURIComponent(belowBase(pathname) + search)}`);
