import { writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { SIGNED_OUT } from "@/testing/browser/sign-in";
import { readStack } from "@/testing/browser/stack";
import { type Cost, problemsOf } from "./limits";
import { measure } from "./measure";
import { pagesOf, routesOf } from "./page-list";
import { table, tooMuch } from "./report";
import { makeSamples, signedIn } from "./samples";

const VIEWPORT = { width: 1440, height: 900 };

/** Measures every page of the running stack, prints them, and writes how many fit into the file that is named. */
async function main(): Promise<void> {
  const [, , file = ""] = process.argv;
  const stack = readStack();
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  try {
    const storageState = await signedIn(browser, stack);
    const samples = await makeSamples(stack, storageState);
    const costs: Cost[] = [];
    for (const page of routesOf("app").flatMap((route) => pagesOf(route, samples))) {
      const state = page.isSignedIn ? storageState : SIGNED_OUT;
      const options = { baseURL: stack.web, viewport: VIEWPORT, ...(state && { storageState: state }) };
      costs.push(await measure(browser, options, page));
    }
    const failures = tooMuch(costs);
    console.log(table(costs));
    if (failures.length > 0) console.log(`\n${failures.join("\n")}`);
    const failed = costs.filter((cost) => problemsOf(cost).length > 0).length;
    writeFileSync(file, JSON.stringify({ passed: costs.length - failed, failed, skipped: 0 }));
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await browser.close();
  }
}

void main();
