import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { STEPS } from "./steps";

const IDS = STEPS.map(({ id }) => id);
const FIRST = IDS[0]!;

/** The wizard's step, which is in the URL: each is an entry of the browser's history. None opens before its turn. */
export function useStep(initiallyReached: number) {
  const [reached, setReached] = useState(initiallyReached);
  const [id, setId] = useQueryState(
    "step",
    parseAsStringLiteral(IDS).withDefault(FIRST).withOptions({ history: "push" }),
  );
  const asked = IDS.indexOf(id);
  const step = Math.min(asked, reached);
  useEffect(() => {
    if (asked > reached) void setId(IDS[reached] ?? FIRST, { history: "replace" });
  }, [asked, reached, setId]);
  const go = (next: number) => {
    setReached((last) => Math.max(last, next));
    void setId(IDS[next] ?? FIRST);
  };
  return { step, reached, go };
}
