import { parseArgs } from "node:util";

export const USAGE = `Usage: penstock-verify [options] <folder | manifest.json | s3://bucket/prefix>

Checks receipts of Penstock, and the objects that they name. Connects only to
the addresses that you pass: an s3:// place, --keys https://…, or --clickhouse.

  --keys <file | https://…>   Check signatures with these keys instead of those beside the receipts.
  --key <x>                   Check signatures with this public key only, in base64url.
  --kid <id>                  Accept only the key with this ID.
  --chain <file>              A JSON list of chain links that aren't among the objects.
  --head <number>:<sha256>    A chain must have this link. Or a file with the response of …/chain/head.
  --root <prefix>             What keys start with outside of the folder. Detected by default.
  --allow-extra               Allow objects that aren't in any receipt.
  --clickhouse <url>          Query the source of each receipt again: http(s)://user:password@host:port/database.
  --jobs <n>                  Objects to check at the same time (default: one per core, at most 4).
  --json                      Print one JSON object.
  --all                       Also print what is true.
  --endpoint, --region        Endpoint and region of the S3 storage. Credentials are in AWS_* variables.
  --path-style, --host-style  Where the bucket's name is: in the path or in the host.
  --help, --version

Exit codes: 0 everything is true; 1 something is false; 2 something couldn't be checked.
`;

const OPTIONS = {
  keys: { type: "string" },
  key: { type: "string" },
  kid: { type: "string" },
  chain: { type: "string" },
  head: { type: "string" },
  root: { type: "string" },
  "allow-extra": { type: "boolean" },
  clickhouse: { type: "string" },
  jobs: { type: "string" },
  json: { type: "boolean" },
  all: { type: "boolean" },
  endpoint: { type: "string" },
  region: { type: "string" },
  "path-style": { type: "boolean" },
  "host-style": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/** Throws for unknown options. */
export const readArgs = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

export type Args = ReturnType<typeof readArgs>["values"];
