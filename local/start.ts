import { runProduct } from "./run/product";

void runProduct("start", process.argv.slice(2));
