/** The other side of a connection, as a protocol sees it. */
export type Peer = {
  /** Sends texts (as they are, or encoded already) in order. A reader that is too far behind is closed with 1013 instead. */
  send(...texts: (string | Buffer)[]): void;
  close(code: number, reason: string): void;
};

/** What is done with a connection once it is clear who speaks. */
export type Protocol = {
  receive(text: string): void;
  /** The connection is gone: whatever works for it stops. */
  left(): void;
  /** Answers when nothing is under way any more, so that closing loses nothing. */
  settled(): Promise<unknown>;
};

/** Codes with which this side closes (RFC 6455; from 4000 on our own, after the HTTP statuses). */
export const closeCodes = {
  done: 1000,
  goingAway: 1001,
  unsupportedData: 1003,
  internal: 1011,
  tryAgainLater: 1013,
  unauthorized: 4401,
  forbidden: 4403,
  notFound: 4404,
} as const;
