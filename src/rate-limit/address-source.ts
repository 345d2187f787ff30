/** Whose X-Forwarded-For an app believes. */
export type Trust = 'everyone' | 'some' | 'no one'

/** Tells where a framework finds the addresses of a request's client, and whether they can be believed. */
export interface AddressSource<TRequest> {
  /** The client's address with the app's trust in proxies applied. */
  readonly believed: (request: TRequest) => unknown
  /** The request of Node, whose socket has an address that no client can write. */
  readonly raw: (request: TRequest) => RawRequest
  /** Returns the app of a request. @default its `app` */
  readonly app?: (request: TRequest) => unknown
  /** Tells whose X-Forwarded-For the app of a request believes. */
  readonly trust: (app: unknown, request: TRequest) => Trust
  /** The code that makes an app believe one proxy. */
  readonly nameProxy: string
}

/** The part of a raw request that is used. */
export interface RawRequest {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly socket?:
    { readonly destroyed: boolean; readonly remoteAddress?: string | undefined } | null | undefined
}
