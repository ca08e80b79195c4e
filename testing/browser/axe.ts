import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Off by default in axe, because they are newer or experimental. */
const ALSO = { "target-size": { enabled: true }, "label-content-name-mismatch": { enabled: true } };

/** What axe finds wrong with the page as it is shown now: rule and elements. */
export async function violations(page: Page): Promise<string[]> {
  // A menu is drawn over the page, outside of its landmarks.
  const region = { enabled: (await page.getByRole("menu").count()) === 0 };
  const { violations: found } = await new AxeBuilder({ page })
    // Otherwise axe opens a second page for what it finds in frames, which takes twice as long; the app has none.
    .setLegacyMode()
    .options({ runOnly: TAGS, rules: { ...ALSO, region }, resultTypes: ["violations"] })
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}
