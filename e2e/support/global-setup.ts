import { startBaton } from "./server";

/** One server for all tests; each test makes its own organization. */
export default async function setup(): Promise<() => Promise<void>> {
  const baton = await startBaton();
  process.env.BATON_E2E_URL = baton.url;
  return baton.stop;
}
