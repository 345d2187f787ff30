import type { LimitedResponse } from '../../rate-limit/request-limiter.ts'
import type { AnyContext } from './context.ts'

const LIMITED = Symbol('bizerror.hono.limited')

/** Returns the response of a context as limiters see one of Node, the same each time. */
export function limitedResponse(context: AnyContext & { [LIMITED]?: ContextResponse }): ContextResponse {
  return (context[LIMITED] ??= new ContextResponse(context))
}

/** Returns it where a limiter has asked for it. */
export function knownLimited(
  context: AnyContext & { [LIMITED]?: ContextResponse },
): ContextResponse | undefined {
  return context[LIMITED]
}

/** A response that can be written to until the app is done with it, and is closed then. */
class ContextResponse implements LimitedResponse {
  readonly #context: AnyContext
  #listeners: (() => void)[] = []

  constructor(context: AnyContext) {
    this.#context = context
  }

  get statusCode(): number {
    return this.#context.res.status
  }

  get headersSent(): boolean {
    return this.#context.finalized
  }

  getHeader(name: string): string | undefined {
    return this.#context.res.headers.get(name) ?? undefined
  }

  setHeader(name: string, value: string): void {
    this.#context.res.headers.set(name, value)
  }

  once(_event: 'close', listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Says that the request was answered. */
  close(): void {
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }

  // A limiter looks at these of a response that was closed before it was answered: this never is.
  writeHead(): void {}
  end(): void {}
}
