import { updateKeysUsed } from "#lib/auth/queries";
import type { Scene } from "#lib/demo/timeline";
import { calendar, daysAgo, type World, withKey } from "#lib/demo/world";
import { countCall, flushCalls } from "#lib/usage/calls";

const lastUsedDaysAgo = { Production: 0, Website: 0, CI: 6 };
const names = ["Production", "Website", "CI"] as const;

/** What the studio's programs call besides: counted as calls are, a row for each key and day. */
export function callScenes(world: World): Scene[] {
  const { random } = world;
  return calendar(world).map(({ ago, load }) => {
    const counts = names.map(
      (name, index) => [name, Math.ceil((random.between(180, 260) * load) / (index + 1))] as const,
    );
    return {
      at: daysAgo(world, ago, 20),
      async play() {
        for (const [name, count] of counts) {
          const ctx = withKey(world, name);
          for (let call = 0; call < count; call++) countCall(ctx);
        }
        await flushCalls();
        // Noted at most once a minute of real time, so only the last use of each is.
        const used = names.filter((name) => ago === lastUsedDaysAgo[name]);
        if (used.length > 0) await updateKeysUsed(used.flatMap((name) => world.keys.get(name) ?? []));
      },
    };
  });
}
