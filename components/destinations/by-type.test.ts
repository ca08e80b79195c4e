import { describe, expect, it } from "vitest";
import { DESTINATION_TYPES, destinations } from "@/lib/destinations/catalog";
import { partsOf } from "./by-type";
import { declared } from "./declared";

describe("the parts of a destination", () => {
  it.each(DESTINATION_TYPES)("of the type %s have a field for everything that the API takes", (type) => {
    const fields = Object.keys(partsOf(type).emptyForm(type)).sort();
    expect(fields).toEqual(Object.keys(destinations[type].full.shape).sort());
  });

  it.each(DESTINATION_TYPES.filter((type) => destinations[type].setup === "policy"))(
    "of the type %s show its policies: only scripts are made from what is declared",
    (type) => {
      expect(partsOf(type).Setup).not.toBe(declared.Setup);
    },
  );
});
