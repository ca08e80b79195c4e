/** A page's query: each parameter as often as it is given. */
export type Search = Record<string, string | string[] | undefined>;

export type SearchParams = Promise<Search>;

/** The query of a page as it was asked for, with its question mark; empty if there is none. */
export async function searchOf(searchParams: SearchParams): Promise<string> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams))
    for (const each of [value ?? []].flat()) search.append(name, each);
  return search.size === 0 ? "" : `?${search}`;
}
