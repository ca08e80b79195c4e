import type { List } from "@/lib/fields/common";
import type { Requests } from "./requests";

const PAGES = 5;

type Ask = (page: { cursor?: string }) => Promise<List<unknown>>;

/** A list's first page, and its fifth or last. */
export function paged(name: string, ask: Ask): Requests {
  let cursor: Promise<string | undefined> | undefined;
  const later = async () => {
    cursor ??= cursorAfter(ask, PAGES - 1);
    const at = await cursor;
    return ask(at === undefined ? {} : { cursor: at });
  };
  return { [name]: () => ask({}), [`${name}, a later page`]: later };
}

async function cursorAfter(ask: Ask, pages: number): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let n = 0; n < pages; n += 1) {
    const { nextCursor } = await ask(cursor === undefined ? {} : { cursor });
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return cursor;
}
