import { runProduct } from "./run/product";

void runProduct("dev", process.argv.slice(2));
