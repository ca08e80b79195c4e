const PREFIX = "penstock:draft:";

/** What was typed into a form and not saved yet. */
export interface Draft<T> {
  read: () => T | null;
  write: (value: T) => void;
  remove: () => void;
}

/** The tab's storage; null where the browser forbids it. */
function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/**
 * A draft that its tab keeps over reloads and a new sign-in, until the tab is closed. `name` says whose it is and of
 * what; never write a secret. What an earlier version of the form wrote is dropped, unless `isUsable`.
 */
export function draftOf<T>(name: readonly string[], isUsable: (value: unknown) => value is T, storage = tabStorage()) {
  const key = PREFIX + name.join(":");
  const draft: Draft<T> = {
    read: () => {
      try {
        const value: unknown = JSON.parse(storage?.getItem(key) ?? "null");
        return isUsable(value) ? value : null;
      } catch {
        return null;
      }
    },
    write: (value) => {
      try {
        storage?.setItem(key, JSON.stringify(value));
      } catch {
        // The storage is full: the form works as ever, without a draft.
      }
    },
    remove: () => storage?.removeItem(key),
  };
  return draft;
}

/** Removes all drafts: the next person in this tab must not see them. */
export function forgetDrafts(storage = tabStorage()): void {
  if (!storage) return;
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
}

type Fields = Record<string, unknown>;

const kindOf = (value: unknown) => (Array.isArray(value) ? "array" : typeof value);

/** Whether a value has the fields of an example, and values of the same kinds in them; null goes with any kind. */
export function hasFieldsOf<T extends object>(example: T, value: unknown): value is T {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Fields;
  return Object.entries(example).every(([name, wanted]) => {
    if (!(name in fields)) return false;
    const given = fields[name];
    return wanted === null || given === null || kindOf(given) === kindOf(wanted);
  });
}
