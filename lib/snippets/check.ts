import type { Location, Receipt } from "@/lib/fields/receipt";
import { paramText } from "./param-text";
import { shellWord } from "./quote";
import type { Snippet } from "./types";
import { verifyCommand } from "./verify-command";

interface Asked {
  receipt: Receipt;
  keysAddress: string;
}

/** How anyone checks a receipt: with the verifier, by asking the source again, and by the hashes of its files. */
export function checkSnippets({ receipt, keysAddress }: Asked): Snippet[] {
  const { query, params } = receipt.source;
  return [
    ...(receipt.version === 2 ? [verifier(receipt.location, `receipt-${receipt.sequence}.json`, keysAddress)] : []),
    { title: "Ask the source again, with curl", language: "shell", text: byCurl(query, params) },
    { title: "Ask the source again, with ClickHouse’s client", language: "shell", text: byClient(query, params) },
    ...(receipt.files.length > 0 && !receipt.tables ? [hashes(receipt)] : []),
  ];
}

const verifier = (location: Location, name: string, keysAddress: string): Snippet => ({
  title: "Penstock’s verifier",
  language: "shell",
  text: verifyCommand(location, name, keysAddress),
});

type Params = Receipt["source"]["params"];

const valuesOf = (params: Params): [string, string][] =>
  Object.entries(params).map(([name, value]) => [name, paramText(value)]);

/** By GET, which ClickHouse takes as read-only. */
function byCurl(query: string, params: Params): string {
  const fields = [["query", query], ...valuesOf(params).map(([name, value]) => [`param_${name}`, value])] as const;
  return [
    'curl --fail-with-body --silent --show-error --get "$CLICKHOUSE_URL"',
    '  --user "$CLICKHOUSE_USER:$CLICKHOUSE_PASSWORD"',
    '  --data-urlencode "database=$CLICKHOUSE_DATABASE"',
    ...fields.map(([name, value]) => `  --data-urlencode ${shellWord(`${name}=${value}`)}`),
    "  --data-urlencode default_format=JSONEachRow",
  ].join(" \\\n");
}

const byClient = (query: string, params: Params): string =>
  [
    'clickhouse-client --host "$CLICKHOUSE_HOST" --user "$CLICKHOUSE_USER" --password "$CLICKHOUSE_PASSWORD"',
    '  --database "$CLICKHOUSE_DATABASE" --readonly 1 --format JSONEachRow',
    ...valuesOf(params).map(([name, value]) => `  ${shellWord(`--param_${name}=${value}`)}`),
    `  --query ${shellWord(query)}`,
  ].join(" \\\n");

/** Keys have no line breaks and no backslashes, so every line is a hash and a path. */
const hashes = ({ files }: Receipt): Snippet => ({
  title: "The files’ hashes, where they were downloaded",
  language: "shell",
  text: ["sha256sum --check <<'SHA256SUMS'", ...files.map(({ sha256, key }) => `${sha256}  ${key}`), "SHA256SUMS"].join(
    "\n",
  ),
});
