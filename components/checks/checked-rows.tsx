import { formatCount } from "@/lib/client/format";
import type { Check } from "@/lib/schemas/check";

const count = (rows: number | null) => (rows === null ? "unknown" : formatCount(rows));

/** The rows of the receipt next to those that the check found. */
export function CheckedRows({ check: { expected, found } }: { check: Check }) {
  const differs = expected.fingerprint !== undefined && found.fingerprint !== undefined;
  return (
    <dl className="mt-1.5 flex flex-wrap gap-x-5 gap-y-0.5 text-[0.8125rem]">
      <Pair name="Rows in the receipt" value={count(expected.rows)} />
      <Pair name="Rows found" value={count(found.rows)} bad={found.rows !== null && found.rows !== expected.rows} />
      {differs && (
        <Pair
          name="Fingerprints"
          value={expected.fingerprint === found.fingerprint ? "equal" : "different"}
          bad={expected.fingerprint !== found.fingerprint}
        />
      )}
    </dl>
  );
}

function Pair({ name, value, bad = false }: { name: string; value: string; bad?: boolean }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className={bad ? "font-medium text-warn" : undefined}>{value}</dd>
    </div>
  );
}
