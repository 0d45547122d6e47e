import { deflateRawSync, inflateRawSync } from "node:zlib";

const table = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let sum = -1;
  for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0);
  return (sum ^ -1) >>> 0;
}

export type ZipFile = { path: string; bytes: Buffer };

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const version = 20;
const isUtf8 = 0x800;
const deflated = 8;
/** 1 January 1980, the oldest day that a ZIP can hold: with it, the same files always make the same bytes. */
const dosDate = (1 << 5) | 1;
const unix = 3 << 8;
const regularFile = 0o100644;

/** The fields that an entry's two headers share. */
function shared(file: ZipFile, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(isUtf8, 2);
  fields.writeUInt16LE(deflated, 4);
  fields.writeUInt16LE(dosDate, 8);
  fields.writeUInt32LE(crc32(file.bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(file.bytes.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(file.path), 22);
  return fields;
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function central(name: Buffer, fields: Buffer, offset: number): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE((regularFile << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(unix | version);
  return Buffer.concat([number32(centralSignature), madeBy, fields, tail, name]);
}

/** A ZIP archive of the files, in their order. Files of 4 GB and more, and more than 65,535 files, are not for it. */
export function zip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.path);
    const packed = deflateRawSync(file.bytes, { level: 9 });
    const fields = shared(file, packed);
    const local = Buffer.concat([number32(localSignature), fields, name, packed]);
    centrals.push(central(name, fields, offset));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** One file of an archive; nothing when it is not there or the archive cannot be read. `bytesMax` bounds what it unpacks to. */
export function fileIn(archive: Buffer, path: string, bytesMax: number): Buffer | undefined {
  const end = archive.lastIndexOf(number32(endSignature));
  if (end < 0 || end + 22 > archive.length) return undefined;
  try {
    let at = archive.readUInt32LE(end + 16);
    for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
      if (archive.readUInt32LE(at) !== centralSignature) return undefined;
      const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
      const name = archive.toString("utf8", at + 46, at + 46 + (nameBytes ?? 0));
      if (name === path) return unpacked(archive, at, bytesMax);
      at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (noteBytes ?? 0);
    }
  } catch {
    // Numbers that lead out of the archive: whoever takes it will say what is wrong with it.
  }
  return undefined;
}

function unpacked(archive: Buffer, entry: number, bytesMax: number): Buffer {
  const [method, size, local] = [
    archive.readUInt16LE(entry + 10),
    archive.readUInt32LE(entry + 20),
    archive.readUInt32LE(entry + 42),
  ];
  const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(begin, begin + size);
  return method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: bytesMax });
}
