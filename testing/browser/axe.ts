import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Off by default in axe, because they are newer or experimental. */
const ALSO = { "target-size": { enabled: true }, "label-content-name-mismatch": { enabled: true } };

/** What axe finds wrong with the page as it is shown now: rule and elements. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).options({ rules: ALSO }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
