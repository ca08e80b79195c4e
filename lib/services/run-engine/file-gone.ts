import { ExportError } from "@/lib/errors";

export const fileGone = () =>
  new ExportError({ code: "file_gone", message: "The file left the plan.", fix: null, retryable: false });
