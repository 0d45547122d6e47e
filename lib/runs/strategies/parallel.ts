type Turn<E, R> = { index: number; result: IteratorResult<E, R> } | { index: number; error: unknown };

/**
 * Follows several generators at once and yields what they yield as it comes. Answers how each of them ended, in the order
 * in which they were given. A branch goes on only after what it yielded was taken.
 */
export async function* parallel<E, R>(branches: AsyncGenerator<E, R>[]): AsyncGenerator<E, PromiseSettledResult<R>[]> {
  const ended: PromiseSettledResult<R>[] = [];
  const advance = (index: number): Promise<Turn<E, R>> | undefined =>
    branches[index]?.next().then(
      (result) => ({ index, result }),
      (error: unknown) => ({ index, error }),
    );
  const running = new Map<number, Promise<Turn<E, R>>>();
  const start = (index: number) => {
    const turn = advance(index);
    if (turn) running.set(index, turn);
  };
  for (const index of branches.keys()) start(index);
  while (running.size > 0) {
    const turn = await Promise.race(running.values());
    const { index } = turn;
    running.delete(index);
    if ("error" in turn) ended[index] = { status: "rejected", reason: turn.error };
    else if (turn.result.done) ended[index] = { status: "fulfilled", value: turn.result.value };
    else {
      yield turn.result.value;
      start(index);
    }
  }
  return ended;
}
