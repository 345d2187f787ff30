import { lowerCased, standardHeaders } from '../../support/standard-answer.ts'

/** A response as its client gets it. */
export interface Whole {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Reads a response to its end. */
export async function wholeOf(response: Response): Promise<Whole> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  }
}

/** The whole answer to an error. */
export function answer(
  status: number,
  body: object,
  {
    locale,
    requestId = 'r-1',
    ...more
  }: { locale?: string; requestId?: string } & Record<string, string> = {},
): Whole {
  return {
    status,
    headers: lowerCased({ ...standardHeaders(body, locale), 'X-Request-ID': requestId, ...more }),
    body: JSON.stringify(body),
  }
}

/** A request with an id. */
export function ask(path = '/', init: RequestInit & { readonly id?: string } = {}): Request {
  const { id = 'r-1', ...rest } = init
  const request = new Request(`http://localhost${path}`, rest)
  request.headers.set('X-Request-ID', id)
  return request
}
