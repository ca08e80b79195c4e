import { beforeEach } from "vitest";
import { untilHourIsNew } from "./new-hour";

beforeEach(untilHourIsNew);
