import { ExportError, type Failure } from "@/lib/errors";

/** Thrown when a warehouse refuses a row of a file, known only by its position in the file. */
export class RowRefused extends ExportError {
  constructor(
    failure: Failure,
    /** From 1. */
    readonly line: number,
    options: { cause: unknown },
  ) {
    super(failure, options);
  }
}

/** The same failure, naming the row by its id. */
export const ofRow = ({ message, ...failure }: Failure, name: string, id: string): Failure => ({
  ...failure,
  message: `${message.replace(/\.$/, "")}: see the row whose ${name} is ${id}.`,
});
