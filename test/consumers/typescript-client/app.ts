// What a front end does, typed by the catalog of the server.
import {
  ApiError,
  axiosErrors,
  axiosRetryOptions,
  createClient,
  createReader,
  gotErrors,
  kyErrors,
  ofetchErrors,
  openapiFetchErrors,
  pathSegments,
  type ApiErrorOf,
  type FieldError,
  type Quota,
  type UnknownCode,
} from 'bizerror/client'
import type { shop } from './shop.js'

export const api = createClient<typeof shop>({
  baseUrl: new URL('https://api.example.com'),
  fetch,
  locale: () => 'de',
  retry: { attempts: 2, maxWait: '30s' },
  catalog: { retryable: [10002], final: ['GONE'], success: 0 },
})
export const reader = createReader<typeof shop>({ read: (body) => ({ code: body }) })
export const hook = (): unknown => [
  axiosErrors(api),
  axiosRetryOptions(reader),
  gotErrors(api),
  kyErrors(reader),
  ofetchErrors(api),
  openapiFetchErrors(reader),
]

export async function order(request: Request, signal: AbortSignal): Promise<string> {
  try {
    return await (await api.fetch(request, { signal, headers: new Headers() })).text()
  } catch (error) {
    if (!api.is(error)) throw error
    return told(error)
  }
}

export function told(error: ApiErrorOf<typeof shop>): string {
  const left: string | number | boolean | undefined =
    error.code === 10002 ? error.params?.left : error.retryAfter
  switch (error.code) {
    case 10001:
    case 10002:
      return `${error.message} ${String(left)}`
    case 'GONE':
      return error.fields.map(({ path, pathSegments: steps }: FieldError) => [path, ...steps].join()).join()
    default:
      error.code satisfies UnknownCode | undefined
      return error.quotas.map(({ policy }: Quota) => policy).join()
  }
}

export const read: Promise<ApiErrorOf<typeof shop> | undefined> = reader.read(new Response())
export const parsed = reader.parse({ status: 409, headers: new Headers(), body: {} })
export const made = new ApiError({
  code: 10002,
  status: 409,
  message: 'Only 3 of tea left',
  fields: [],
  errors: [],
  quotas: [],
  violated: [],
})
export const steps: readonly (string | number)[] = pathSegments('items[0].n')
// @ts-expect-error -- no such code
api.is(made, 10009)
// @ts-expect-error -- no such option
createClient({ retries: 3 })
