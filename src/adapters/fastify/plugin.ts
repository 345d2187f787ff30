/** What Fastify gives a plugin to call in the end. */
export type Done = (error?: Error) => void

/** In the place of `done`, for who calls a plugin by himself. */
export const throwing: Done = (error) => {
  if (error !== undefined) throw error
}

/** Sets up a plugin. A mistake that it threw would end the process: Fastify waits for `done`. */
export function settle(done: Done, setUp: () => void): void {
  try {
    setUp()
  } catch (error) {
    done(error as Error)
    return
  }
  done()
}
