import { useRef, useState } from "react";
import type { Given } from "@/verifier/browser/given";
import { makeReport, type Report } from "@/verifier/browser/report";

/** The verification of what was given last. */
export function useReport() {
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [keys, setKeys] = useState<{ name: string; text: string } | null>(null);
  /** An earlier verification that still runs has nothing to show any more. */
  const current = useRef(0);

  const verify = async (given: Given | Promise<Given>) => {
    current.current += 1;
    const own = current.current;
    const isCurrent = () => own === current.current;
    setError(null);
    setReport(null);
    try {
      await makeReport(await given, keys?.text ?? null, (next) => isCurrent() && setReport(next));
    } catch (problem) {
      if (isCurrent()) setError(problem as Error);
    }
  };

  return {
    report,
    error,
    keysName: keys?.name ?? null,
    verify,
    setKeys: async (file: File) => setKeys({ name: file.name, text: await file.text() }),
  };
}
