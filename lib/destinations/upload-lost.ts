import { ExportError } from "../errors";

/**
 * The failure of an upload that can't be continued: the storage no longer has it, or its parts are not those of the file
 * anymore. The file starts again.
 */
export class UploadLost extends ExportError {
  constructor(
    /** Whether the object may have been stored nevertheless: then it needs another key. */
    readonly mayBeStored: boolean,
    why: string,
  ) {
    super({ code: "upload_lost", message: `${why} The file starts again.`, fix: null, retryable: true });
  }
}
