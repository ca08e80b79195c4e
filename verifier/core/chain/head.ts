import type { Reporter } from "../finding";
import type { Keys, Signed } from "../keys";
import type { Known } from "./links";

/** A link that was noted somewhere else. */
export interface Head {
  /** Null: of any export. */
  exportId: string | null;
  sequence: number;
  sha256: string;
  /** What Penstock said and signed, if that was noted. */
  statement: (Signed & { signedAt: string }) | null;
}

interface Where {
  chains: ReadonlyMap<string, Known>;
  keys: Keys;
  reporter: Reporter;
}

/** A chain that was cut off before a known link, or signed anew, doesn't have it. Newer links may follow it. */
export function checkHead(head: Head, { chains, keys, reporter: all }: Where): void {
  const reporter = all.about("the given head");
  if (head.statement) keys.check(head.statement, head.statement.signedAt, reporter);
  const found = [...chains]
    .filter(([exportId]) => head.exportId === null || head.exportId === exportId)
    .flatMap(([, known]) => known.get(head.sequence)?.hash ?? []);
  const expected = `link ${head.sequence} ${head.sha256}`;
  if (found.includes(head.sha256)) reporter.ok("head", expected);
  else reporter.wrong("head", expected, found.length > 0 ? `link ${head.sequence} ${found.join(", ")}` : "nothing");
}
