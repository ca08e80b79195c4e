import { jsonString } from "../text";
import { documents, entriesOf, isPlainJson, READ } from "./document";
import { hasOddNumbers } from "./property";
import { twoWays } from "./two-ways";

/**
 * SQL for the keys and values of a JSON column's object, duplicate keys included: keys as text, values as JSON with
 * every digit. Anything but an object is one value under an empty key, as is.
 */
export function objectEntries(column: string): string {
  const plain = `${isPlainJson(column)} AND JSONType(${column}) = 'Object' AND NOT ${hasOddNumbers(column)}`;
  const read = documents(`if(${plain}, [], [${column}])`);
  const isObject = `${READ.isJson} AND match(${READ.repaired}, '^[ \\\\t\\\\n\\\\r]*\\\\{')`;
  const { source } = READ;
  const whole = `[('', if(startsWith(${source}, '"'), ${jsonString(source)}, ${source}))]`;
  const other = `arrayMap((t, e) -> if(${isObject}, e, ${whole}), ${read}, ${entriesOf(read)})`;
  return twoWays({
    ...{ when: plain, plain: `JSONExtractKeysAndValuesRaw(${column})` },
    ...{ exact: `arrayElement(${other}, 1)`, none: "[]" },
  });
}
