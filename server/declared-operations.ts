import type { DeclaredOperation } from "#lib/http/openapi-spec";
import { loadRoutes } from "#server/routes";

/** Every declared operation of the routes below `app/`. */
export async function declaredOperations(root: string): Promise<DeclaredOperation[]> {
  const routes = await loadRoutes(root);
  return routes.flatMap(({ template, handlers }) =>
    Object.entries(handlers).flatMap(([method, { spec, shown }]): DeclaredOperation[] => {
      if (!spec) return [];
      const [first = spec, ...others] = shown?.declarations ?? [];
      return [{ method, template, shown, specs: [first, ...others] }];
    }),
  );
}
