import { expect, test } from "vitest";
import { servesWith } from "./temporal-binary";

test.each([
  ["temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)", true],
  ["temporal version 0.0.0-DEV (Server 2.0.0, UI 3.0.0)", true],
  ["temporal version 1.0.0 (Server 1.24.2, UI 2.27.3)", false],
  ["tctl version 1.18", false],
])("%s: new enough is %s", (version, expected) => {
  expect(servesWith(version)).toBe(expected);
});
