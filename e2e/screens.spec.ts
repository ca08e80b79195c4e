import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { violations } from "@/testing/browser/axe";
import { contactSheet } from "@/testing/browser/contact-sheet";
import { makeWorld, SCREENS, type Screen, type World } from "@/testing/browser/screens";
import { sideways } from "@/testing/browser/sideways";
import { closeAll } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

/** Where to keep a picture of every screen, and whether. */
const PICTURES = process.env.PENSTOCK_PICTURES;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const FAULTS = "faults.txt";
const THEMES = ["light", "dark"] as const;

let world: World;

test.beforeAll(async ({ browser, stack, api, session }) => {
  test.setTimeout(240_000);
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  world = await makeWorld(browser, stack, api, session);
});

test.afterAll(async ({ browser, api }) => {
  if (PICTURES) await contactSheet(browser, PICTURES, SCREENS);
  await closeAll(browser);
  // Later tests don't expect them.
  for (const id of world.exportIds) await api.deleteExport(id);
  expect(PICTURES && existsSync(join(PICTURES, FAULTS))).toBeFalsy();
});

/** Waits until the page shows what it loads, and nothing moves. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
  // What spins or pulses never ends, and what is paused doesn't move.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
}

for (const screen of SCREENS) {
  test(`${screen.name} is accessible in both themes and fits a phone`, async () => {
    const page = world.pages[screen.as ?? "owner"];
    const found: string[] = [];
    const shown = screen.phone ? [PHONE] : [DESK, PHONE];
    await page.setViewportSize(shown[0]!);
    await expect(() => show(page, screen)).toPass({ timeout: 60_000 });
    for (const size of shown) {
      await page.setViewportSize(size);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await settle(page);
        // Colors are those of the desk.
        if (size !== PHONE || screen.phone || colorScheme === "light")
          found.push(...(await violations(page)).map((it) => `${colorScheme}, ${size.width} px: ${it}`));
        if (PICTURES) await picture(page, `${screen.name}-${size.width}-${colorScheme}`);
      }
      if ((await sideways(page)) > 0) found.push(`wider than ${size.width} px`);
    }
    // With pictures, all screens are looked at before the test fails.
    if (PICTURES && found.length > 0) appendFileSync(join(PICTURES, FAULTS), `${screen.name}: ${found.join("\n")}\n`);
    else expect(found).toEqual([]);
  });
}

async function show(page: Page, screen: Screen): Promise<void> {
  await page.goto(screen.path(world));
  await settle(page);
  await screen.reach?.(page, world);
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES ?? "", `${name}.png`) });
