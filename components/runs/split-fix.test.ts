import { expect, it } from "vitest";
import { splitFix } from "./split-fix";

it("leaves words without JSON as they are", () => {
  expect(splitFix("Add s3:PutObject on my-bucket.")).toEqual({
    words: "Add s3:PutObject on my-bucket.",
    statement: null,
  });
  expect(splitFix("Give the prefix {year}/ another name.").statement).toBeNull();
});

it("sets a statement apart from the words around it", () => {
  const statement = '{"Effect":"Allow","Action":["s3:PutObject"],"Condition":{"a":{"b":"c"}}}';
  expect(splitFix(`Add to the policy: ${statement} Then retry.`)).toEqual({
    words: "Add to the policy: Then retry.",
    statement,
  });
});
