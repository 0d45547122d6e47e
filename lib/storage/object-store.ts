import type { Readable } from "node:stream";

/** A file on this machine's disk, such as an upload that was received. */
export type StoredFile = { path: string; size: number };

/** Inclusive byte positions, as HTTP counts them. */
export type ByteRange = { start: number; end: number };

export type ObjectFacts = { size: number; modifiedAt: Date };
export type ListedObject = ObjectFacts & { key: string };
export type SignedUpload = { url: string; headers: Record<string, string> };

/**
 * Where packages are kept. Keys are `/`-separated. Every function throws `unavailable` with the reason
 * STORAGE_UNAVAILABLE when the store does not answer.
 */
export type ObjectStore = {
  /** Stores a whole file in one step: an object is there complete or not at all. `sha256` is in hex. */
  put(key: string, file: StoredFile, facts: { contentType: string; sha256: string }): Promise<void>;
  /** Reads an object, or a part of it; `size` is what will be read, in bytes. Throws `not_found`. */
  get(key: string, range?: ByteRange): Promise<{ stream: Readable; size: number }>;
  head(key: string): Promise<ObjectFacts | undefined>;
  /** Deletes objects, however many; what is not there is no error. */
  delete(keys: string[]): Promise<void>;
  /** Up to `limit` objects below a prefix (1000 at most), in a steady order, after the one whose key is `after`. */
  list(prefix: string, limit: number, after?: string): Promise<ListedObject[]>;
  /** A link that downloads the object without other credentials, for so many seconds. */
  presignGet(key: string, seconds: number, fileName: string): Promise<string>;
  /** A link that takes the object by PUT without other credentials: exactly `size` bytes when given, else `bytesMax` at most. */
  presignPut(
    key: string,
    seconds: number,
    bounds: { bytesMax: number; contentType: string; size?: number },
  ): Promise<SignedUpload>;
  /** Throws when the store cannot be used. */
  check(): Promise<void>;
};
