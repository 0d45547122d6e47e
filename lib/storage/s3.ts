import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Environment } from "#lib/env";
import { notFound } from "#lib/errors";
import { storageUnavailable } from "#lib/storage/errors";
import type { ObjectStore } from "#lib/storage/object-store";

/** Two parts of 8 MB in flight bound the memory of an upload. */
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 2;
/** S3 deletes at most so many objects in one call. */
const deletedAtOnce = 1_000;

type S3Settings = Pick<
  Environment,
  "S3_ENDPOINT" | "S3_REGION" | "S3_ACCESS_KEY_ID" | "S3_SECRET_ACCESS_KEY" | "S3_FORCE_PATH_STYLE"
>;

function clientOf(settings: S3Settings): S3Client {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  return new S3Client({
    region: settings.S3_REGION,
    ...(settings.S3_ENDPOINT && { endpoint: settings.S3_ENDPOINT }),
    // Without keys the SDK looks where AWS puts them (roles of machines and containers).
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    forcePathStyle: settings.S3_FORCE_PATH_STYLE,
    // Other servers of the protocol do not know the SDK's own checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, socketTimeout: 30_000 },
  });
}

const isMissing = (error: unknown) =>
  error instanceof NoSuchKey || error instanceof NotFound || (error instanceof Error && error.name === "NotFound");

async function speaking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isMissing(error) ? notFound("Object") : storageUnavailable(error);
  }
}

/** A bucket of AWS S3 or of any server that speaks its protocol. */
export function createS3Store(Bucket: string, settings: S3Settings, client = clientOf(settings)): ObjectStore {
  return {
    put: (Key, { path }, { contentType, sha256 }) =>
      speaking(async () => {
        const Body = createReadStream(path, { highWaterMark: 256 * 1024 });
        const params = { Bucket, Key, Body, ContentType: contentType, Metadata: { sha256 } };
        try {
          // When a part fails for good, the parts before it are removed.
          await new Upload({ client, params, partSize: partBytes, queueSize: partsAtOnce }).done();
        } finally {
          Body.destroy();
        }
      }),
    get: (Key, range) =>
      speaking(async () => {
        const Range = range && `bytes=${range.start}-${range.end}`;
        const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket, Key, Range }));
        if (!(Body instanceof Readable) || ContentLength === undefined) throw new Error("The object has no body.");
        return { stream: Body, size: ContentLength };
      }),
    head: (Key) =>
      client.send(new HeadObjectCommand({ Bucket, Key })).then(
        ({ ContentLength = 0, LastModified = new Date(0) }) => ({ size: ContentLength, modifiedAt: LastModified }),
        (error: unknown) => {
          if (isMissing(error)) return undefined;
          throw storageUnavailable(error);
        },
      ),
    delete: (keys) =>
      speaking(async () => {
        for (let from = 0; from < keys.length; from += deletedAtOnce) {
          const Objects = keys.slice(from, from + deletedAtOnce).map((Key) => ({ Key }));
          const { Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
          const refused = Errors?.find(({ Code }) => Code !== "NoSuchKey");
          if (refused) throw new Error(`S3 did not delete an object: ${refused.Code} ${refused.Message}`);
        }
      }),
    list: (Prefix, MaxKeys, StartAfter) =>
      speaking(async () => {
        const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys, StartAfter }));
        return (Contents ?? []).flatMap(({ Key, Size = 0, LastModified }) =>
          Key && LastModified ? [{ key: Key, size: Size, modifiedAt: LastModified }] : [],
        );
      }),
    presignGet: (Key, expiresIn, fileName) => {
      const ResponseContentDisposition = `attachment; filename="${fileName}"`;
      return getSignedUrl(client, new GetObjectCommand({ Bucket, Key, ResponseContentDisposition }), { expiresIn });
    },
    presignPut: async (Key, expiresIn, { contentType, size }) => {
      const command = new PutObjectCommand({ Bucket, Key, ContentType: contentType, ContentLength: size });
      const signableHeaders = new Set(["host", "content-type", ...(size === undefined ? [] : ["content-length"])]);
      const url = await getSignedUrl(client, command, { expiresIn, signableHeaders });
      return { url, headers: { "content-type": contentType } };
    },
    check: () => speaking(async () => void (await client.send(new HeadBucketCommand({ Bucket })))),
  };
}
