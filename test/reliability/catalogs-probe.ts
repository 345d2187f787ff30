// Run by language-files.test.ts with --expose-gc: prints how many of many catalogs are still held.
import { setTimeout as delay } from 'node:timers/promises'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import { frameworks, listen } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'

const CATALOGS = 50

/** A catalog as an app makes one for each tenant. */
function tenant(number: number): { readonly error: Error; readonly catalog: WeakRef<object> } {
  const catalog = defineCatalog({
    name: `tenant-${number}`,
    errors: { 1: { status: 409, message: 'Taken' }, 2: { status: 409, message: 'Only {{left}} left' } },
    locales: { de: { [`tenant-${number}`]: { 1: { message: 'Vergeben' } } } },
  })
  const error =
    number % 2 === 0 ? new catalog.BizError(1) : new catalog.BizError(2, { params: { left: number } })
  return { error, catalog: new WeakRef(catalog) }
}

interface Found {
  readonly answered: number
  readonly held: number
}

async function heldOf(catalogs: readonly WeakRef<object>[], answered: number): Promise<Found> {
  // What a request leaves in the current turn is let go after it.
  for (let turn = 0; turn < 5; turn++) {
    await delay(10)
    globalThis.gc!()
  }
  // The latest may still stand in a register or a cache of the framework.
  const held = catalogs.slice(0, -10).filter((catalog) => catalog.deref() !== undefined).length
  return { answered, held }
}

const results: Record<string, Found> = {}
for (const framework of frameworks) {
  const catalogs: WeakRef<object>[] = []
  const { port, server } = await listen(
    framework.listener({
      options: { logger: { error: () => {} } },
      routes: {
        '/': () => {
          const { error, catalog } = tenant(catalogs.length)
          catalogs.push(catalog)
          throw error
        },
      },
    }),
  )
  let answered = 0
  for (let index = 0; index < CATALOGS; index++) {
    const answer = await send(port, { path: '/', headers: { 'Accept-Language': 'de' } })
    if (answer.startsWith('HTTP/1.1 409 ')) answered++
  }
  results[framework.name] = await heldOf(catalogs, answered)
  server.close()
}

const described: WeakRef<object>[] = []
let answered = 0
for (let index = 0; index < CATALOGS; index++) {
  const { error, catalog } = tenant(index)
  described.push(catalog)
  if (describeError(error, { locale: 'de' }).status === 409) answered++
}
results['describeError'] = await heldOf(described, answered)

process.stdout.write(JSON.stringify(results))
