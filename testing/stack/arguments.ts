export const STAGES = ["lint", "imports", "unused", "types", "unit", "integration", "browser", "budget"] as const;
export type StageName = (typeof STAGES)[number];

export interface TestArguments {
  only: StageName[];
  /** Additional arguments for the test runners. */
  rest: string[];
}

/** Parses `--only unit,browser` and, after `--`, arguments for Vitest and Playwright. Throws on anything else. */
export function readArguments(args: string[]): TestArguments {
  const split = args.indexOf("--");
  const own = split === -1 ? args : args.slice(0, split);
  const rest = split === -1 ? [] : args.slice(split + 1);
  if (own.length === 0) return { only: [...STAGES], rest };
  const [flag, list = ""] = own[0]?.includes("=") ? own[0].split("=") : own;
  const names = list.split(",");
  const unknown = names.find((name) => !(STAGES as readonly string[]).includes(name));
  if (flag !== "--only" || unknown !== undefined) {
    throw new Error(`Use: npm test -- [--only ${STAGES.join(",")}] [-- arguments for vitest and playwright]`);
  }
  return { only: names as StageName[], rest };
}
