import { getAuth } from "@/lib/services/auth/auth";

const handle = (request: Request) => getAuth().handler(request);

export { handle as GET, handle as POST };
