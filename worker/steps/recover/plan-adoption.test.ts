import { describe, expect, it } from "vitest";
import type { ChainLink } from "@/lib/fields/receipt";
import { linkHash } from "@/lib/receipts/hash";
import { currentReceipts, follows, planAdoption } from "./plan-adoption";

const signature = { alg: "EdDSA" as const, kid: "k", value: "s" };

/** A link with the fields that matter here. */
const link = (sequence: number, previous: string | null, more: object = {}) =>
  ({
    ...{ version: 2, type: "receipt", sequence, previous, exportId: "e", runId: `run ${sequence}`, signature },
    ...{ intervalStart: "2026-12-01T00:00:00.000Z", intervalEnd: "2026-12-01T01:00:00.000Z", ...more },
  }) as unknown as ChainLink;

const found = (...links: ChainLink[]) => new Map(links.map((one) => [one.sequence, one]));
const known = { chainSequence: 3, chainHead: "head" };

describe("links beyond the ledger's", () => {
  it("are adopted up to the highest number, whatever their order", () => {
    const four = link(4, "head");
    const five = link(5, linkHash(four));
    expect(planAdoption(known, found(five, four))).toMatchObject({
      links: [four, five],
      missing: [],
      torn: [],
      sequence: 5,
      head: linkHash(five),
    });
  });

  it("name what is missing between them", () => {
    const six = link(6, "the hash of a link that is gone");
    expect(planAdoption(known, found(six))).toMatchObject({ links: [six], missing: [4, 5], torn: [], sequence: 6 });
  });

  it("name a link whose predecessor is another than the ledger's or the bucket's", () => {
    const four = link(4, "another head");
    const five = link(5, "another four");
    expect(planAdoption(known, found(four, five))).toMatchObject({ torn: [4, 5], missing: [] });
  });

  it("continue the ledger's chain, or belong to a fork of it", () => {
    expect(follows(known, planAdoption(known, found(link(4, "head")))!)).toBe(true);
    expect(follows(known, planAdoption(known, found(link(4, "another head")))!)).toBe(false);
    // Not known: the link between is missing.
    expect(follows(known, planAdoption(known, found(link(5, "the hash of 4")))!)).toBe(true);
    expect(
      follows({ chainHead: null }, planAdoption({ chainSequence: 0, chainHead: null }, found(link(1, null)))!),
    ).toBe(true);
  });

  it("are none if nothing was found", () => {
    expect(planAdoption(known, found())).toBeNull();
  });

  it("leave each window the newest receipt that is not void", () => {
    const four = link(4, "head");
    const five = link(5, linkHash(four));
    const voiding = link(6, linkHash(five), { type: "void", voids: { sequence: 5, sha256: "x", reason: "y" } });
    const adoption = planAdoption(known, found(four, five, voiding))!;
    expect(adoption.voidedBy).toEqual(new Map([[5, 6]]));
    expect([...currentReceipts(adoption).values()]).toEqual([four]);
  });
});
