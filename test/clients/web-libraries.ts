import { create as createAxios } from 'axios'
import ky1 from 'ky'
import ky2 from 'ky2'
import { ofetch } from 'ofetch'
import createOpenapiClient from 'openapi-fetch'
import {
  axiosErrors,
  kyErrors,
  ofetchErrors,
  openapiFetchErrors,
  type Client,
} from '../../src/client/index.ts'

type Headers = Readonly<Record<string, string>>

/** A library with our hook. Asks once, and resolves with the body of a success. */
export interface Library {
  readonly name: string
  readonly get: (url: string, headers?: Headers) => Promise<unknown>
}

/** Ours, and those for browsers too, each with the hook that there is for it. */
export function webLibrariesOf(api: Client): readonly Library[] {
  const onAxios = createAxios()
  onAxios.interceptors.response.use(...axiosErrors(api))
  const onAxiosFetch = createAxios({ adapter: 'fetch' })
  onAxiosFetch.interceptors.response.use(...axiosErrors(api))
  const onKy1 = ky1.create({ retry: 0 }).extend(kyErrors(api))
  const onKy2 = ky2.create({ retry: 0 }).extend(kyErrors(api))
  const onOfetch = ofetch.create({ retry: 0, ...ofetchErrors(api) })
  const onOpenapi = createOpenapiClient<Paths>()
  onOpenapi.use(openapiFetchErrors(api))

  return [
    {
      name: 'the client',
      get: async (url, headers) => bodyOf(await api.fetch(url, { headers: { ...headers } })),
    },
    { name: 'axios', get: async (url, headers) => (await onAxios(url, { headers: { ...headers } })).data },
    {
      name: 'axios on fetch',
      get: async (url, headers) => (await onAxiosFetch(url, { headers: { ...headers } })).data,
    },
    { name: 'ky 1', get: async (url, headers) => bodyOf(await onKy1(url, { headers: { ...headers } })) },
    { name: 'ky 2', get: async (url, headers) => bodyOf(await onKy2(url, { headers: { ...headers } })) },
    { name: 'ofetch', get: (url, headers) => onOfetch(url, { headers: { ...headers } }) },
    {
      name: 'openapi-fetch',
      get: async (url, headers) => (await onOpenapi.GET(url, { headers: { ...headers } })).data,
    },
  ]
}

/** Any path, answered by anything. */
type Paths = Record<string, { get: { responses: { 200: { content: { 'application/json': unknown } } } } }>

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}
