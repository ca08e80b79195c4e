import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import type { Screen } from "./screens";

const SHEETS = { light: "#f3f6f8", dark: "#0b1418" } as const;

/** An image of the folder for a page, at this width; nothing if there is none. */
function picture(folder: string, file: string, width: number): string {
  const path = join(folder, file);
  if (!existsSync(path)) return "";
  return `<img width="${width}" src="data:image/png;base64,${readFileSync(path).toString("base64")}">`;
}

/** Writes `screens-light.jpg` and `screens-dark.jpg` into the folder: every picture, small, with its name. */
export async function contactSheet(browser: Browser, folder: string, screens: readonly Screen[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1720, height: 1000 } });
  for (const [theme, background] of Object.entries(SHEETS)) {
    const cells = screens.map(({ name }) => {
      const wide = picture(folder, `${name}-1440-${theme}.png`, 256);
      const narrow = picture(folder, `${name}-390-${theme}.png`, 74);
      return `<figure>${wide}${narrow}<figcaption>${name}</figcaption></figure>`;
    });
    await page.setContent(`<style>
      body { margin: 16px; background: ${background}; color: ${theme === "light" ? "#111" : "#eee"}; font: 12px sans-serif;
        display: grid; grid-template-columns: repeat(5, 1fr); gap: 14px }
      figure { margin: 0 } img { vertical-align: top; margin-right: 4px; border: 1px solid #8884 }
    </style>${cells.join("")}`);
    await page.screenshot({ path: join(folder, `screens-${theme}.jpg`), type: "jpeg", quality: 60, fullPage: true });
  }
  await page.close();
}
