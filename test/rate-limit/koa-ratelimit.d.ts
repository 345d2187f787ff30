// The package has no types of its own.
declare module 'koa-ratelimit' {
  import type { Middleware } from 'koa'

  export default function koaRateLimit(options: {
    readonly driver: 'memory'
    readonly db: Map<string, unknown>
    readonly duration: number
    readonly max: number
    readonly throw: boolean
  }): Middleware
}
