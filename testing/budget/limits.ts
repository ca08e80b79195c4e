/** What a page may cost (docs/decisions/0050). Sizes are in bytes as they are sent, times in milliseconds. */
export const LIMITS = {
  /** JavaScript that a page loads for itself. */
  script: 300_000,
  /** The same of the exports list, where most visits begin. */
  listScript: 250_000,
  /** Until the largest content is painted. */
  largestPaint: 1500,
  /** Sum of all layout shifts without input. */
  shift: 0.01,
  /** Requests to the first content. */
  requests: 3,
};

/** What was measured of a page. */
export interface Cost {
  /** The page's address, without the ids of samples. */
  name: string;
  isList: boolean;
  /** Whether its content can't come with its document. */
  needsBrowser: boolean;
  script: number;
  /** JavaScript that was loaded ahead for other pages. */
  ahead: number;
  largestPaint: number;
  shift: number;
  requests: number;
}

/** What of a page costs too much, one sentence each. */
export function problemsOf(cost: Cost): string[] {
  const most = cost.isList ? LIMITS.listScript : LIMITS.script;
  const problems: string[] = [];
  if (cost.script > most) problems.push(`${cost.script} bytes of JavaScript are more than ${most}`);
  if (!(cost.largestPaint <= LIMITS.largestPaint))
    problems.push(`${cost.largestPaint} ms to the largest content are more than ${LIMITS.largestPaint}`);
  if (cost.shift > LIMITS.shift) problems.push(`layout shifts of ${cost.shift} are more than ${LIMITS.shift}`);
  if (!cost.needsBrowser && cost.requests > LIMITS.requests)
    problems.push(`${cost.requests} requests to the first content are more than ${LIMITS.requests}`);
  if (cost.script === 0) problems.push("no JavaScript was measured, so the measurement is wrong");
  return problems;
}
