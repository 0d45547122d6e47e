import { constants, createReadStream } from "node:fs";
import { access, copyFile, link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { notFound } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { storageUnavailable } from "#lib/storage/errors";
import { linkUrl } from "#lib/storage/link";
import type { ListedObject, ObjectStore } from "#lib/storage/object-store";

const draftSuffix = ".draft";

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);

async function speaking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageUnavailable(error);
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Walks a folder in the order of its names, from behind `after`, until `found` is full. */
async function walk(root: string, parts: string[], after: string[], limit: number, found: ListedObject[]) {
  const [least = "", ...rest] = after;
  const entries = await readdir(join(root, ...parts), { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (found.length >= limit) return;
    if (entry.name < least || (entry.isFile() && entry.name === least && rest.length === 0)) continue;
    const path = [...parts, entry.name];
    if (entry.isDirectory()) await walk(root, path, entry.name === least ? rest : [], limit, found);
    else {
      const facts = await stat(join(root, ...path)).catch(() => undefined);
      if (facts) found.push({ key: path.join("/"), size: facts.size, modifiedAt: facts.mtime });
    }
  }
}

/** A folder on this machine's disk: for an instance of one machine. */
export function createLocalStore(dataDir: string): ObjectStore {
  const root = join(dataDir, "objects");
  const pathOf = (key: string) => {
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(key) || /(^|\/)\.\.?(\/|$)/.test(key)) throw new Error(`No key: ${key}`);
    return join(root, key);
  };

  const put: ObjectStore["put"] = (key, file) =>
    speaking(async () => {
      const path = pathOf(key);
      const draft = `${path}.${uuidv7()}${draftSuffix}`;
      await mkdir(dirname(path), { recursive: true });
      try {
        // The same bytes under a second name cost nothing; on another disk they are copied.
        await link(file.path, draft).catch(() => copyFile(file.path, draft, constants.COPYFILE_FICLONE));
        await syncPath(draft);
        await rename(draft, path);
        await syncPath(dirname(path));
      } finally {
        await rm(draft, { force: true });
      }
    });

  return {
    put,
    get: (key, range) =>
      speaking(async () => {
        const path = pathOf(key);
        const { size } = await stat(path).catch((error: unknown) => {
          throw codeOf(error) === "ENOENT" ? notFound("Object") : error;
        });
        const end = range ? Math.min(range.end, size - 1) : size - 1;
        return { stream: createReadStream(path, { ...range }), size: end + 1 - (range?.start ?? 0) };
      }),
    head: (key) =>
      stat(pathOf(key)).then(
        ({ size, mtime }) => ({ size, modifiedAt: mtime }),
        (error: unknown) => {
          if (codeOf(error) === "ENOENT") return undefined;
          throw storageUnavailable(error);
        },
      ),
    delete: (keys) =>
      speaking(async () => {
        for (const key of keys) await rm(pathOf(key), { force: true });
      }),
    list: (prefix, limit, after) =>
      speaking(async () => {
        const found: ListedObject[] = [];
        await walk(
          root,
          prefix.split("/").filter(Boolean),
          (after ?? "").slice(prefix.length).split("/"),
          limit,
          found,
        );
        return found;
      }),
    presignGet: async (key, seconds, fileName) => linkUrl({ action: "get", key, seconds, fileName }),
    presignPut: async (key, seconds, { bytesMax, contentType, size }) => ({
      url: linkUrl({ action: "put", key, seconds, bytesMax: size ?? bytesMax, isExact: size !== undefined }),
      headers: { "content-type": contentType },
    }),
    check: async () => {
      await mkdir(root, { recursive: true });
      await access(root, constants.W_OK | constants.X_OK);
    },
  };
}
