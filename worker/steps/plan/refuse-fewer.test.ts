import { describe, expect, it } from "vitest";
import { refuseFewer } from "./refuse-fewer";

const refused = (allowShrink: boolean, receipt: number, source: number, isOthers = false, planVersion = 0) => {
  try {
    refuseFewer({ allowShrink, planVersion }, { receipt, source, isOthers });
    return null;
  } catch (error) {
    return error;
  }
};

describe("a window with a receipt is replaced", () => {
  it.each([
    ["a window without a receipt", false, 0, 0, true],
    ["as many rows", false, 5, 5, true],
    ["more rows", false, 5, 6, true],
    ["one row fewer", false, 5, 4, false],
    ["none of its rows", false, 1, 0, false],
    ["an empty receipt by rows", false, 0, 9, true],
    ["one row fewer, allowed", true, 5, 4, true],
    ["none of its rows, allowed", true, 5, 0, true],
  ])("%s", (_, allowShrink, receipt, source, passes) => {
    for (const isOthers of [false, true]) {
      const error = refused(allowShrink, receipt, source, isOthers);
      if (passes) expect(error).toBeNull();
      else
        expect(error).toMatchObject({ failure: { code: "would_shrink", retryable: false, rows: { receipt, source } } });
    }
  });

  it("by fewer rows only with the permission of an admin, which the error says with both counts", () => {
    expect(refused(false, 1000, 21)).toMatchObject({
      message: "The source now has 21 rows in this window, but its receipt has 1000. Nothing was written or removed.",
      failure: { fix: expect.stringMatching(/deleted.*expired.*filters.*an admin can/) },
    });
    expect(refused(false, 1000, 21, false, 1)).toMatchObject({
      message: expect.stringMatching(/receipt has 1000\.$/),
    });
    expect(refused(false, 1000, 21, true)).toMatchObject({
      message: expect.stringContaining("the receipts of other windows that this run would replace have 1000"),
    });
  });
});
