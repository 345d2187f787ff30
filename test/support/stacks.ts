import type { HandlerOptions } from '../../src/handler/options.ts'
import type { Framework, Route } from './frameworks.ts'
import { apps, serving, type Stack } from './apps.ts'
import { errorHeaders, readAnswer, type Answer } from './answers.ts'
import { conditionCatalog } from './conditions.ts'

/** Apps with what middleware of a framework's own does, and which of the four they are. */
export function expressWith(express: Stack['express']): readonly Framework[] {
  return apps({ express, koa: () => {} }).filter(({ name }) => name.startsWith('Express'))
}

export function koaWith(koa: Stack['koa']): readonly Framework[] {
  return apps({ express: () => {}, koa }).filter(({ name }) => name.startsWith('Koa'))
}

const silent = { error: () => {} }

/**
 * Returns what each of some frameworks answers to one request. The codes are the conditions.
 *
 * @param request - `before`: how often it is sent before
 */
export async function answersOn(
  frameworks: readonly Framework[],
  request: RequestInit & { readonly path?: string; readonly before?: number },
  routes: Readonly<Record<string, Route>> = {},
  options: HandlerOptions = {},
): Promise<Readonly<Record<string, Answer>>> {
  const answers = frameworks.map(async ({ name, listener }) => {
    const app = listener({ options: { catalog: conditionCatalog, logger: silent, ...options }, routes })
    return serving(app, async (port) => {
      const ask = (): Promise<Response> => fetch(`http://127.0.0.1:${port}${request.path ?? '/'}`, request)
      for (let sent = 0; sent < (request.before ?? 0); sent++) await (await ask()).text()
      return [name, await readAnswer(await ask())] as const
    })
  })
  return Object.fromEntries(await Promise.all(answers))
}

/** The whole answer to a condition, on each of some frameworks. */
export function each(
  frameworks: readonly Framework[],
  condition: string,
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, Answer>> {
  return Object.fromEntries(frameworks.map(({ name }) => [name, answerOf(condition, headers)]))
}

/** The whole answer to a condition. */
export function answerOf(code: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const entry = conditionCatalog.get(code)!
  return {
    status: entry.status,
    headers: errorHeaders('en', headers),
    body: { code, message: entry.message },
  }
}
