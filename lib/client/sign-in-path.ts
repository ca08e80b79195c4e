/** The sign-in page, with the path to return to. */
export const signInPath = ({ pathname, search }: Pick<Location, "pathname" | "search">) =>
  `/sign-in?next=${encodeURIComponent(pathname + search)}`;
