// What the page of `cors.test.ts` runs.
import { createClient } from '../../src/client/index.ts'
import { told } from './told.ts'
import { webLibrariesOf } from './web-libraries.ts'

/** Sends a request by each library, and returns what its error tells, by the library's name. */
async function askEach(url: string): Promise<Readonly<Record<string, unknown>>> {
  const answers = webLibrariesOf(createClient({ retry: false })).map(async ({ name, get }) => {
    const error = await get(url).then(
      () => 'no error',
      (thrown: unknown) => told(thrown),
    )
    return [name, error] as const
  })
  return Object.fromEntries(await Promise.all(answers))
}

Object.assign(globalThis, { askEach })
