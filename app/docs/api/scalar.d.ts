/** The finished browser build of @scalar/api-reference, which its package does not export, so that it has no types. */
declare module "*/standalone.esm.js" {
  /** Draws the reference into an element, whose light or dark class it keeps up to date on the body. */
  export function createApiReference(
    element: Element,
    configuration: Record<string, unknown>,
  ): { updateConfiguration(configuration: Record<string, unknown>): void; destroy(): void };
}
