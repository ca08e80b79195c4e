import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { pagePolicy } from "./page-policy";

const directive = (policy: string, name: string) =>
  policy.split("; ").find((part) => part.startsWith(`${name} `)) ?? "";

describe("the policy of a page", () => {
  it("lets no script run without the nonce", () => {
    const scripts = directive(pagePolicy("abc", false), "script-src");
    expect(scripts).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(pagePolicy("abc", false)).not.toContain("unsafe-eval");
  });

  it("knows the style sheet that sonner brings", () => {
    const code = readFileSync(createRequire(import.meta.url).resolve("sonner"), "utf8");
    const [, literal = ""] = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(code) ?? [];
    const hash = createHash("sha256").update(JSON.parse(literal)).digest("base64");
    expect(directive(pagePolicy("abc", false), "style-src-elem")).toContain(`'sha256-${hash}'`);
  });

  it("lets nothing of inline styles' elements through but those two", () => {
    expect(directive(pagePolicy("abc", false), "style-src-elem")).not.toContain("unsafe-inline");
  });
});
