import { fromDrop, fromPicker, type Given } from "../browser/given";
import { makeReport, type Report } from "../browser/report";
import { messageOf } from "../core/finding";
import { show, showProblem } from "./show";

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** Text of a key set from elsewhere. */
let keys: string | null = null;
/** Counts verifications: an earlier one that still runs has nothing to show any more. */
let current = 0;

async function start(given: Promise<Given> | Given): Promise<void> {
  current += 1;
  const own = current;
  const update = (report: Report) => {
    if (own === current) show(report);
  };
  try {
    await makeReport(await given, keys, update);
  } catch (error) {
    if (own === current) showProblem(messageOf(error));
  }
}

function onPick(id: string, use: (list: FileList) => void): void {
  const input = element<HTMLInputElement>(id);
  input.addEventListener("change", () => {
    if (input.files?.length) use(input.files);
    // The same choice again is a change.
    input.value = "";
  });
}

onPick("folder", (list) => void start(fromPicker(list)));
onPick("files", (list) => void start(fromPicker(list)));
onPick("keys", async ([file]) => {
  keys = (await file?.text()) ?? null;
  element("keys-name").textContent = `Signatures are checked with ${file?.name}.`;
});

const drop = element("drop");
// A file that misses the frame must not replace the page.
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  if (event.dataTransfer?.files.length) void start(fromDrop(event.dataTransfer));
});
drop.addEventListener("dragenter", () => drop.classList.add("over"));
drop.addEventListener("dragleave", (event) => {
  if (!drop.contains(event.relatedTarget as Node | null)) drop.classList.remove("over");
});
