import type { Pattern } from "./pattern";

interface State {
  i: number;
  j: number;
  /** The preceding state. */
  from: State | null;
  char: string;
}

/**
 * A string that both patterns match, or null if there is none. Walks both at once: a state is a position in each, so
 * there are at most (a.length + 1) × (b.length + 1).
 */
export function commonWord(a: Pattern, b: Pattern): string | null {
  const seen = new Set<number>();
  const queue: State[] = [];
  const reach = (i: number, j: number, from: State | null, char: string) => {
    const id = i * (b.length + 1) + j;
    if (seen.has(id)) return;
    seen.add(id);
    queue.push({ i, j, from, char });
  };
  reach(0, 0, null, "");
  for (let state = queue.shift(); state; state = queue.shift()) {
    const { i, j } = state;
    if (i === a.length && j === b.length) return spelled(state);
    const [one, other] = [a[i], b[j]];
    // A repeated step may end here.
    if (one?.many) reach(i + 1, j, state, "");
    if (other?.many) reach(i, j + 1, state, "");
    const char = one && other ? shared(one.chars, other.chars) : undefined;
    if (char !== undefined) reach(one?.many ? i : i + 1, other?.many ? j : j + 1, state, char);
  }
  return null;
}

/** Any shared character will do: the rest depends only on there being one. */
const shared = (one: string, other: string) => one.split("").find((char) => other.includes(char));

function spelled(last: State): string {
  const chars: string[] = [];
  for (let state: State | null = last; state; state = state.from) chars.push(state.char);
  return chars.reverse().join("");
}
