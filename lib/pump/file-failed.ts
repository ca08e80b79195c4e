import { ExportError, type Failure } from "../errors";

/** What one file of a group has failed with, whatever became of the others. */
export class FileFailed extends ExportError {
  constructor(
    readonly index: number,
    failure: Failure,
    options?: ErrorOptions,
  ) {
    super(failure, options);
  }
}
