/** The sign-in page, with the place to come back to. */
export const signInPath = ({ pathname, search }: Pick<Location, "pathname" | "search">) =>
  `/sign-in?next=${encodeURIComponent(pathname + search)}`;
