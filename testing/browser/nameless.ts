import type { Page } from "@playwright/test";

/** Controls without an accessible name. */
export const nameless = (page: Page) =>
  page.locator("button:visible, a:visible, input:visible").evaluateAll((controls) =>
    controls
      .filter((control) => {
        const labels = (control as HTMLInputElement).labels;
        const words = [
          control.getAttribute("aria-label"),
          control.getAttribute("aria-labelledby"),
          control.textContent,
          labels && labels.length > 0 ? "label" : "",
        ];
        return control.getAttribute("aria-hidden") !== "true" && words.every((word) => !word?.trim());
      })
      .map((control) => control.outerHTML.slice(0, 200)),
  );
