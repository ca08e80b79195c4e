import { ExportError, type Failure } from "../errors";

/** The failure of one file of a group, whatever happened to the others. */
export class FileFailed extends ExportError {
  constructor(
    readonly index: number,
    failure: Failure,
    options?: ErrorOptions,
  ) {
    super(failure, options);
  }
}
