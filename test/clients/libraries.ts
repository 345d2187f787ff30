import got from 'got'
import { gotErrors, type Client } from '../../src/client/index.ts'
import { webLibrariesOf, type Library } from './web-libraries.ts'

export type { Library }

/** All libraries: those for browsers, and got, which is for Node.js alone. */
export function librariesOf(api: Client): readonly Library[] {
  const onGot = got.extend({ retry: { limit: 0 } }, gotErrors(api))
  return [
    ...webLibrariesOf(api),
    {
      name: 'got',
      get: async (url, headers) => (await onGot(url, { headers: { ...headers }, responseType: 'json' })).body,
    },
  ]
}
