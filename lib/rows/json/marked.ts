import { quote } from "@/lib/rows/quote";
import { joined, pieces } from "./pieces";
import { NUMBER } from "./sql";

const markNumbers = (s: string) =>
  `if(match(${s}, '[0-9]'), replaceRegexpAll(${s}, ${quote(NUMBER)}, ${quote('"n\\0"')}), ${s})`;

/** A number in a key's position would become a key. */
const NUMBER_AS_KEY = "[0-9][ \\t\\n\\r]*:";

/**
 * SQL for a document, given in pieces, with every number as a string prefixed with `n`, and every string, keys
 * included, prefixed with `s`. ClickHouse's parser rejects numbers beyond 64 bits or a double's range and rounds
 * others; this form keeps every digit. Valid exactly when the document is, apart from depth. The document must not
 * contain char(1) or char(2).
 */
export const marked = (list: string): string =>
  joined(
    list,
    (s) => `concat('s', ${s})`,
    (s) => `if(match(${s}, ${quote(NUMBER_AS_KEY)}), '!', ${markNumbers(s)})`,
  );

const within = (sql: string) =>
  joined(
    pieces(sql),
    (s) => `if(startsWith(${s}, 's'), concat('"', substring(${s}, 2), '"'), substring(${s}, 2))`,
    (s) => s,
    "",
  );

/** A value of a marked document as JSON, with numbers as the document writes them. */
export const unmarked = (sql: string): string =>
  `multiIf(startsWith(${sql}, '"n'), substring(${sql}, 3, length(${sql}) - 3), ` +
  `startsWith(${sql}, '"s'), concat('"', substring(${sql}, 3)), ` +
  `startsWith(${sql}, '{') OR startsWith(${sql}, '['), ${within(sql)}, ${sql})`;
