import { errorResponse } from "@/app/api/_lib/errors";
import { atBase } from "@/lib/base-path";
import { AppError } from "@/lib/errors";

// Without this, Next would answer unknown addresses with a page.
const handle = (request: Request) => {
  const { pathname } = new URL(request.url);
  return errorResponse(
    new AppError("not_found", `Nothing is at ${pathname}: see ${atBase("/api/openapi.json")}.`, 404),
  );
};

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
