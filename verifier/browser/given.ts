/** A file that was dropped or picked, by its path below what was dropped. */
export interface GivenFile {
  name: string;
  file: File;
}

export interface Given {
  files: GivenFile[];
  /** Whether single files were given, and no folder. */
  isLoose: boolean;
}

/** Keys of a bucket, given as a single file, are where they belong. */
const KEYS = "keys.json";

const loose = (files: readonly File[]): Given => ({
  files: files.map((file) => ({ name: file.name === KEYS ? `_penstock/${KEYS}` : file.name, file })),
  isLoose: true,
});

/** Files of a file picker. Those of a folder have a path that begins with the folder itself. */
export function fromPicker(list: FileList): Given {
  const files = [...list];
  if (!files.some(({ webkitRelativePath }) => webkitRelativePath)) return loose(files);
  const nameOf = ({ webkitRelativePath: path }: File) => path.slice(path.indexOf("/") + 1);
  return { files: files.map((file) => ({ name: nameOf(file), file })), isLoose: false };
}

/** Dropped files and folders. Has to be called while the drop is handled: its items are gone afterwards. */
export async function fromDrop(transfer: DataTransfer): Promise<Given> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = [...transfer.files];
  if (!entries.some(({ isDirectory }) => isDirectory)) return loose(files);
  const [only] = entries;
  // One folder is the checked place; several items lie in it.
  const given =
    entries.length === 1 && only?.isDirectory
      ? await below(only as FileSystemDirectoryEntry, "")
      : (await Promise.all(entries.map((entry) => filesOf(entry, "")))).flat();
  return { files: given, isLoose: false };
}

async function filesOf(entry: FileSystemEntry, path: string): Promise<GivenFile[]> {
  const name = `${path}${entry.name}`;
  if (entry.isDirectory) return below(entry as FileSystemDirectoryEntry, `${name}/`);
  const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
  return [{ name, file }];
}

async function below(folder: FileSystemDirectoryEntry, path: string): Promise<GivenFile[]> {
  const reader = folder.createReader();
  const found: GivenFile[] = [];
  // A reader gives some entries at a time, and none at the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const entry of entries) found.push(...(await filesOf(entry, path)));
  }
}
