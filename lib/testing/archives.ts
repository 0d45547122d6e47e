import { crc32, deflateRawSync } from "node:zlib";

/** One entry of an archive written by hand; whatever is given stands in its headers, true or not. */
export type RawEntry = {
  name: string | Buffer;
  data?: Buffer | string;
  /** Bytes as they stand in the archive; the deflated data unless given. */
  packed?: Buffer;
  method?: number;
  flags?: number;
  unpackedSize?: number;
  checksum?: number;
  /** Unix mode in the upper half, as `ln -s` and `mknod` leave it. */
  mode?: number;
  /** Offset of another entry's header, instead of one of its own. */
  at?: number;
  /** Name in the local header, when it differs. */
  localName?: string;
};

type Written = { local: Buffer; central: (offset: number) => Buffer };

function write(entry: RawEntry): Written {
  const data = Buffer.from(entry.data ?? "");
  const method = entry.method ?? 8;
  const packed = entry.packed ?? (method === 0 ? data : deflateRawSync(data, { level: 9 }));
  const sum = entry.checksum ?? crc32(data);
  const size = entry.unpackedSize ?? data.length;
  const name = Buffer.from(entry.name);
  const localName = Buffer.from(entry.localName ?? name);
  const flags = entry.flags ?? 0x800;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(sum, 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(localName.length, 26);
  const central = (offset: number) => {
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    // Made on Unix, so that the mode counts.
    header.writeUInt16LE((3 << 8) | 20, 4);
    header.writeUInt16LE(20, 6);
    header.writeUInt16LE(flags, 8);
    header.writeUInt16LE(method, 10);
    header.writeUInt32LE(sum, 16);
    header.writeUInt32LE(packed.length, 20);
    header.writeUInt32LE(size, 24);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    header.writeUInt32LE(offset, 42);
    return Buffer.concat([header, name]);
  };
  return { local: Buffer.concat([local, localName, packed]), central };
}

/** A ZIP archive of the entries, byte by byte. `count` is what its end says instead of how many there are. */
export function rawZip(entries: RawEntry[], count = entries.length): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = write(entry);
    centrals.push(central(entry.at ?? offset));
    if (entry.at !== undefined) continue;
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count & 0xffff, 8);
  end.writeUInt16LE(count & 0xffff, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A package with a manifest (an object becomes JSON) and, beside it, what else is in it. */
export function apkg(manifest: unknown, others: RawEntry[] = []): Buffer {
  const data = typeof manifest === "string" || Buffer.isBuffer(manifest) ? manifest : JSON.stringify(manifest);
  return rawZip([{ name: "manifest.json", data }, ...others]);
}

/** The form that brings a package. */
export function packageForm(
  file: Buffer | undefined,
  fields: Record<string, string>,
  signature?: Buffer | string,
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file) form.set("file", new Blob([new Uint8Array(file)]), "agent.apkg");
  if (signature) form.set("signature", new Blob([new Uint8Array(Buffer.from(signature))]), "agent.apkg.sig");
  return form;
}
