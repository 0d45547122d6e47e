/** Hands pieces of text from whoever makes them to whoever reads them, in order. */
export type PieceQueue = { push(piece: string): void; end(): void; read(): AsyncGenerator<string, void> };

/** A queue for one reader. After `end` the reader gets what is left, then no more. */
export function pieceQueue(): PieceQueue {
  let waiting: string[] = [];
  let isEnded = false;
  let next = Promise.withResolvers<void>();
  return {
    push: (piece) => {
      waiting.push(piece);
      next.resolve();
    },
    end: () => {
      isEnded = true;
      next.resolve();
    },
    async *read() {
      for (;;) {
        const pieces = waiting;
        waiting = [];
        yield* pieces;
        if (waiting.length > 0) continue;
        if (isEnded) return;
        next = Promise.withResolvers<void>();
        await next.promise;
      }
    },
  };
}

const charactersPerPiece = 40;

/** A finished text in pieces of a few words; together they are exactly the text. */
export function* piecesOf(text: string): Generator<string, void> {
  let piece = "";
  for (const [word] of text.matchAll(/\s*\S+|\s+$/g)) {
    piece += word;
    if (piece.length < charactersPerPiece) continue;
    yield piece;
    piece = "";
  }
  if (piece) yield piece;
}
