import { LockKeyhole, Replace, ScanSearch, TriangleAlert } from "lucide-react";
import { plural } from "@/lib/client/format";
import type { Receipt, StoredEncryption } from "@/lib/fields/receipt";
import { Replacements } from "./replacements";

/** The non-numeric facts of a receipt: replaced characters, and how the storage encrypts the files and was checked. */
export function ReceiptNotes({ receipt }: { receipt: Receipt }) {
  const replaced = receipt.replacedCharacters;
  return (
    <>
      {receipt.replaced !== undefined && (
        <Replacements replaced={receipt.replaced} replacements={receipt.replacements} />
      )}
      {receipt.replaced === undefined && replaced !== undefined && (
        <p className="flex gap-3 rounded-xl bg-sunken p-3.5">
          <Replace className="mt-0.5 size-5 shrink-0 text-muted" aria-hidden />
          {replaced === 0
            ? `No characters were replaced: ${carrier(receipt)} can represent all of them.`
            : `${plural(replaced, "character")} that ${carrier(receipt)} can’t represent ${replaced === 1 ? "was" : "were"} replaced by U+FFFD.`}
        </p>
      )}
      {receipt.compared && <Compared how={receipt.compared} />}
      <Encryption files={receipt.files} />
    </>
  );
}

const COMPARED = {
  listing:
    "Before the commit, Penstock listed the stored files and compared the size and ETag of each with what it sent.",
  head: "Before the commit, Penstock compared the size and ETag of each stored file with what it sent, with a HEAD request.",
  no: "Penstock did not compare the stored files with what it sent: the credentials can neither list nor read them.",
};

function Compared({ how }: { how: NonNullable<Receipt["compared"]> }) {
  const isGood = how !== "no";
  const Icon = isGood ? ScanSearch : TriangleAlert;
  return (
    <p className={`flex gap-3 rounded-xl p-3.5 ${isGood ? "bg-sunken" : "bg-warn-soft"}`}>
      <Icon className={`mt-0.5 size-5 shrink-0 ${isGood ? "text-muted" : "text-warn"}`} aria-hidden />
      {COMPARED[how]}
    </p>
  );
}

/** What can't represent some characters: XML, or a warehouse. */
const carrier = ({ tables }: Receipt) => (tables ? "the warehouse" : "XML");

type ReceiptFile = Receipt["files"][number];

/** Files with requested encryption, each with the storage's response. */
function Encryption({ files }: { files: readonly ReceiptFile[] }) {
  const asked = files.filter(({ encryption }) => encryption !== undefined);
  if (asked.length === 0) return null;
  const silent = asked.filter(({ encryption }) => encryption === null);
  return (
    <section aria-label="Encryption" className="rounded-xl border border-border">
      {silent.length > 0 && (
        <p className="flex gap-3 rounded-t-xl bg-warn-soft p-3.5">
          <TriangleAlert className="mt-0.5 size-5 shrink-0 text-warn" aria-hidden />
          <span>
            <strong className="block font-medium text-warn">
              The storage did not confirm the encryption of {plural(silent.length, "file")}.
            </strong>
            It might have ignored the setting. Check the objects themselves.
          </span>
        </p>
      )}
      <ul aria-label="Encryption by file" className="max-h-60 divide-y divide-border overflow-y-auto">
        {asked.map(({ key, encryption }) => (
          <li key={key} className="px-3.5 py-2">
            <p className="break-all font-mono text-xs">{key}</p>
            <Answer encryption={encryption ?? null} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Answer({ encryption }: { encryption: StoredEncryption | null }) {
  if (!encryption) return <p className="text-[0.8125rem] text-warn">The storage did not confirm it</p>;
  const { algorithm, kmsKeyId, bucketKeyEnabled } = encryption;
  return (
    <p className="flex gap-1.5 break-all text-[0.8125rem] text-muted">
      <LockKeyhole className="mt-0.5 size-3.5 shrink-0" aria-hidden />
      {[algorithm, kmsKeyId, bucketKeyEnabled && "bucket key"].filter(Boolean).join(", ")}
    </p>
  );
}
