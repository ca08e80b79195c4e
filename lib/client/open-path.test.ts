import { describe, expect, it } from "vitest";
import { openPath } from "./open-path";

describe("where a link in a mail leads", () => {
  it.each([
    [["exports"], "", "/exports"],
    [["exports", "0198c2-ab"], "?run=1&retry=1", "/exports/0198c2-ab?run=1&retry=1"],
    [["settings", "alerts"], "", "/settings/alerts"],
    [["api", "me"], "", null],
    [["sign-in"], "?next=/x", null],
    [["", "evil.example"], "", null],
    [["exports", "..", "api"], "", null],
    [["exports", "%2e%2e"], "", null],
    [["exports", "a/b"], "", null],
    [["\\evil.example"], "", null],
    [["https:", "", "evil.example"], "", null],
    [[], "", null],
  ])("%j%s is %s", (segments, search, path) => expect(openPath(segments, search)).toBe(path));
});
