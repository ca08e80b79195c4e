import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { atBase } from "@/lib/base-path";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { verifyCommand } from "@/lib/snippets/verify-command";
import { receiptFile } from "./file";
import { useKeysAddress } from "./public-keys-link";

/** How anyone checks a receipt without trusting this page. */
export function CheckReceipt({ receipt }: { receipt: ReceiptV2 }) {
  const keys = useKeysAddress();
  return (
    <Disclosure title="Check this receipt" summary="Without Penstock">
      <div className="flex flex-col gap-3">
        <p>
          Download the receipt and its files, and drop them on the page{" "}
          <a href={atBase("/verify")} target="_blank" rel="noreferrer" className="rounded underline">
            Verify receipts<span className="sr-only"> (opens a new tab)</span>
          </a>
          . Nothing leaves your browser. Or run the verifier, which needs Node.js and nothing else:
        </p>
        <CodeBlock
          title="Command"
          text={verifyCommand(receipt.location, receiptFile(receipt).name, keys)}
          copyLabel="Copy the command"
        />
      </div>
    </Disclosure>
  );
}
